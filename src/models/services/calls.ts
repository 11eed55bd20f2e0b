import { collectReferences } from '../../scenario/index.ts';
import { keysSection } from '../contracts/keys.ts';
import { operationOf, type ServiceConfig } from './config.ts';

/** Ids of the components that a service's operations use: `services.x`, `databases.y`. Keys are no components. */
export function callsOf(config: ServiceConfig): string[] {
  const targets = Object.values(config.operations).flatMap((operation) =>
    collectReferences(operationOf(operation).steps),
  );
  const ids = targets
    .filter(({ section }) => section !== keysSection)
    .map(({ section, name }) =>
      section === 'operations' ? `services.${name.split('.')[0]}` : `${section}.${name}`,
    );
  return [...new Set(ids)];
}
