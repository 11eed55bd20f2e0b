import { Chosen } from '../../scenario/index.ts';
import type { Design } from '../design.ts';
import type { Finding } from '../kind.ts';
import { walkSteps } from '../steps.ts';
import { operationOf, type ServiceConfig } from './config.ts';
import type { CallOptions } from './guarded-calls.ts';

type Path = readonly (string | number)[];

/** Calls that try again although what they call never fails. */
export function checkCalls({ operations }: ServiceConfig, design: Design): Finding[] {
  if (design.names('faults').length > 0) return [];
  return callsIn(operations, ['operations']).flatMap(({ options, path }): Finding[] => {
    const { retries, timeout, deadline, circuitBreaker, operation } = options;
    const isQuiet = timeout === undefined && deadline === 'none' && circuitBreaker === undefined;
    if (retries === undefined || !isQuiet || canFail(operation.name, design, new Set())) return [];
    return [
      {
        path: [...path, 'retries'],
        message: `these retries never happen: nothing can fail in ${operation.name}, and no answer is too late`,
        expected: 'a timeout beside them',
        severity: 'warning',
      },
    ];
  });
}

/** All `call` steps inside a part of a service, with the paths that they have in the document. */
function callsIn(part: unknown, path: Path): { options: CallOptions; path: Path }[] {
  if (part instanceof Chosen) {
    const below = part.below(path as string[]).flatMap(([value, at]) => callsIn(value, at));
    return part.verb === 'call'
      ? [{ options: part.options as CallOptions, path: [...path, part.verb] }, ...below]
      : below;
  }
  if (Array.isArray(part)) return part.flatMap((each, index) => callsIn(each, [...path, index]));
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, each]) => callsIn(each, [...path, key]));
}

/** Steps that fail only where what is in them does. */
const harmless = new Set(['work', 'wait', 'call', 'parallel', 'async', 'repeat', 'choose']);

/** Whether a run without faults can see the operation fail. Doubtful cases count as able to. */
function canFail(operation: string, design: Design, seen: Set<string>): boolean {
  if (seen.has(operation)) return false;
  seen.add(operation);
  const [service, name] = operation.split('.');
  const config = design.entry<ServiceConfig>('services', service);
  if (config === undefined) return true;
  const { queue, pool, executors = {}, autoscale } = config;
  const isBounded = Object.values(executors).some((executor) => executor.queue !== undefined);
  if (queue !== undefined || pool !== undefined || autoscale !== undefined || isBounded) return true;
  return [...walkSteps(operationOf(config.operations[name]).steps)].some(({ step }) => {
    if (!harmless.has(step.verb)) return true;
    if (step.verb !== 'call') return false;
    const { timeout, deadline, circuitBreaker, operation: called } = step.options as CallOptions;
    if (timeout !== undefined || deadline !== 'none' || circuitBreaker !== undefined) return true;
    return canFail(called.name, design, seen);
  });
}
