import { collectReferences } from '../../scenario/index.ts';
import { operationOf, type ServiceConfig } from './config.ts';

/** Ids of the components that a service's operations use: `services.x`, `databases.y`. */
export function callsOf(config: ServiceConfig): string[] {
  const targets = Object.values(config.operations).flatMap((operation) =>
    collectReferences(operationOf(operation).steps),
  );
  const ids = targets.map(({ section, name }) =>
    section === 'operations' ? `services.${name.split('.')[0]}` : `${section}.${name}`,
  );
  return [...new Set(ids)];
}
