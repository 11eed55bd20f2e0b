import { startOf } from './assemble.ts';
import type { Design } from './design.ts';
import { kinds } from './kinds.ts';
import { Load } from './load.ts';
import { walkSteps } from './steps.ts';

/** How far the load can grow before something is full, whatever else the design is. */
export interface LoadBound {
  /** `services.desk`. */
  readonly station: string;
  readonly of: string;
  /** Factor of the load. */
  readonly atMost: number;
}

/** Instants of a run at which its load is looked at. */
const looks = 500;

/**
 * Bounds that no simulation can exceed on the mean, the tightest first: the seconds of its servers that the load asks for in
 * every second of the run, at least, are no more than it has. Every cache is taken to hit, every group to be one, and calls
 * to be sent wherever there is room; retries, waiting and faults only make it worse. Pure, and without a run.
 */
export function loadBounds(design: Design): LoadBound[] {
  const load = new Load(design);
  const capacities = kinds.flatMap((kind) =>
    design.entries(kind.section).flatMap(([name, config]) =>
      (kind.capacities?.(name, config, design) ?? []).map((capacity) => ({
        station: `${kind.section}.${name}`,
        capacity,
        busy: 0,
      })),
    ),
  );
  for (const { traffic } of load.callers) {
    const rate = meanRate(design, traffic.rateAt);
    for (const { operation, times } of load.passes(traffic, undefined, true)) {
      const [owner] = operation.split('.');
      for (const { step, times: perPass } of walkSteps(load.callable(operation)?.steps ?? [], 1, true)) {
        for (const each of capacities)
          each.busy += rate * times * perPass * each.capacity.seconds(owner, step);
      }
    }
  }
  return capacities
    .filter(({ busy }) => busy > 0)
    .map(({ station, capacity, busy }) => ({ station, of: capacity.of, atMost: capacity.servers / busy }))
    .sort((a, b) => a.atMost - b.atMost);
}

/** Calls a second on the mean over the run. */
function meanRate(design: Design, rateAt: (instant: number) => number): number {
  const start = startOf(design);
  const { duration } = design.run;
  let sum = 0;
  for (let look = 0; look < looks; look += 1) sum += rateAt(start + ((look + 0.5) * duration) / looks);
  return sum / looks;
}
