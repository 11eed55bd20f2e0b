import { listed } from '../scenario/index.ts';
import { mayGoTo, type ResidencyConfig } from './contracts/residency.ts';
import type { Design } from './design.ts';
import { keyReach } from './key-reach.ts';
import type { Finding } from './kind.ts';
import type { StepConfig } from './step.ts';
import { walkSteps } from './steps.ts';

/**
 * Copies in regions to which the data of a workload that gets there may not go: routing keeps callers from those regions, not
 * data.
 *
 * @param leaves whether a step leaves data with whoever asks
 * @param regions where that will stand
 * @param path of the finding, for the first region of those that are forbidden
 */
export function strayData(
  design: Design,
  leaves: (step: StepConfig) => boolean,
  regions: readonly string[],
  path: (region: string) => readonly string[],
): Finding[] {
  const bound = design
    .entries<{ residency?: ResidencyConfig }>('workloads')
    .filter(([, { residency }]) => residency !== undefined);
  if (bound.length === 0) return [];
  const writers = new Set(
    keyReach(design)
      .filter(({ operation }) => [...walkSteps(operation.steps)].some(({ step }) => leaves(step)))
      .map(({ workload }) => workload),
  );
  return bound.flatMap(([workload, { residency }]): Finding[] => {
    const forbidden = regions.filter((region) => !mayGoTo(residency, region));
    if (!writers.has(workload) || forbidden.length === 0) return [];
    return [
      {
        path: [...path(forbidden[0])],
        message: `what ${workload} writes may not go to ${listed(forbidden)}, and copies of it stand there: residency keeps callers away, not data`,
        expected: `no copies there, or another residency of workloads.${workload}`,
        severity: 'warning',
      },
    ];
  });
}
