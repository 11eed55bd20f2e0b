import { sizeOrLinger, sizeOrTick } from '../algorithms/queueing/batch-wait.ts';
import type { Design } from '../design.ts';
import type { Exact } from '../kind.ts';
import { Load } from '../load.ts';
import { batchesOf } from './uses.ts';

/** A service, as much of it as decides whether a closed form holds. */
interface ServiceOutline {
  readonly instances: number;
  readonly threads?: number;
  readonly regions: unknown;
  readonly autoscale?: unknown;
}

/**
 * Waits and sizes of a batch whose entries are a Poisson stream: the first step of the one operation that is called, on
 * the one instance of its service, where nobody waits for a thread or for room. Nothing where no closed form holds.
 * @param call `service.operation`, called `rate` times a second
 */
export function batchClosedForms(call: string, rate: number, design: Design): Exact {
  const callable = new Load(design).callable(call);
  const [first] = callable?.steps ?? [];
  const batch = batchesOf(design).find(({ operation, step }) => operation === call && step === first);
  if (batch === undefined || callable?.regions.length !== 1) return {};
  const { capacity, locking, maxAge, name, size, tick } = batch.options;
  const service = design.entry<ServiceOutline>('services', batch.service);
  const isAlone =
    service?.instances === 1 &&
    (service.regions === 'all' || Array.isArray(service.regions)) &&
    service.threads === undefined &&
    service.autoscale === undefined;
  if (name === undefined || !isAlone || capacity !== undefined || locking !== 'swap') return {};
  const rule = { arrivalRate: rate, size };
  const figures =
    tick === undefined ? sizeOrLinger({ ...rule, linger: maxAge as number }) : sizeOrTick({ ...rule, tick });
  const model = tick === undefined ? 'Poisson entries, size or age' : 'Poisson entries, size or tick';
  return {
    [`${name}.wait.mean`]: { value: figures.meanWait, model },
    [`${name}.size.mean`]: { value: figures.meanSize, model },
    [`${name}.flushes.rate`]: { value: figures.flushRate, model },
    [`${name}.fullRatio`]: { value: figures.fullRatio, model },
  };
}
