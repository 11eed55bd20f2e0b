import type { PlanDesign, PointState } from '../../result/index.ts';
import type { Seen } from './seen-designs.ts';

/** What is kept of a design that was simulated. */
export function designOf({ candidate, result, survival }: Seen, state: PointState): PlanDesign {
  const { bottlenecks, cost, load, loadReasons, runs, scenario, seed, targets } = result;
  const [fullest] = bottlenecks;
  const decisive = survival?.cases.find(({ status }) => status === survival.verdict);
  return {
    values: candidate.values,
    sets: candidate.sets,
    hash: scenario.hash,
    state,
    runs,
    seed,
    cost: candidate.cost,
    month: cost.month,
    monthBefore: candidate.month,
    load,
    loadReasons,
    targets,
    ...(fullest === undefined
      ? {}
      : {
          fullest: {
            station: fullest.station,
            ...(fullest.of === undefined ? {} : { of: fullest.of }),
            utilization: fullest.utilization,
          },
        }),
    ...(survival === undefined
      ? {}
      : {
          survival: {
            verdict: survival.verdict,
            ...(decisive?.lost === undefined ? {} : { place: decisive.lost.name }),
            targets: decisive?.targets ?? [],
          },
        }),
  };
}
