import { collectReferences, nearestWord } from '../../scenario/index.ts';
import type { Finding } from '../kind.ts';
import type { ServiceConfig } from './config.ts';

/** Steps that run on an executor which is not there, or from which nobody comes back. */
export function checkExecutors(name: string, { executors = {}, operations }: ServiceConfig): Finding[] {
  const own = Object.keys(executors);
  return collectReferences(operations, ['operations'])
    .filter(({ section }) => section === 'executors')
    .flatMap(({ name: executor, path }): Finding[] => {
      if (!own.includes(executor)) {
        const near = nearestWord(executor, own);
        return [
          {
            path: path as string[],
            message: `${name} has no executor ${executor}: its instances have threads of their own`,
            expected: own.length === 0 ? 'executors under this service' : `one of ${own.join(', ')}`,
            ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
          },
        ];
      }
      const isJoined = path.at(-2) === 'parallel';
      if (!isJoined || executors[executor].reject !== 'discard') return [];
      return [
        {
          path: path as string[],
          message: `${executor} discards what its queue has no room for: whoever joins a discarded branch waits for ever`,
          expected: 'reject: abort or caller-runs',
          severity: 'warning',
        },
      ];
    });
}
