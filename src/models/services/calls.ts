import { collectReferences } from '../../scenario/index.ts';
import { keysSection } from '../contracts/keys.ts';
import { operationOf, type ServiceConfig } from './config.ts';

/** What references name that is no component of its own. */
const noComponents = new Set<string>([keysSection, 'executors']);

/** Ids of the components that a service's operations use: `services.x`, `databases.y`. */
export function callsOf(config: ServiceConfig): string[] {
  const targets = Object.values(config.operations).flatMap((operation) =>
    collectReferences(operationOf(operation).steps),
  );
  const ids = targets
    .filter(({ section }) => !noComponents.has(section))
    .map(({ section, name }) =>
      section === 'operations' ? `services.${name.split('.')[0]}` : `${section}.${name}`,
    );
  return [...new Set(ids)];
}
