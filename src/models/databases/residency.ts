import { listed } from '../../scenario/index.ts';
import { mayGoTo, type ResidencyConfig } from '../contracts/residency.ts';
import type { Design } from '../design.ts';
import { keyReach } from '../key-reach.ts';
import type { Finding } from '../kind.ts';
import { walkSteps } from '../steps.ts';
import { copyPlacements, type DatabaseConfig } from './config.ts';
import { optionsOn } from './uses.ts';

/** Copies in regions to which the data of a workload that writes here may not go: routing keeps callers from them, not rows. */
export function checkResidency(name: string, config: DatabaseConfig, design: Design): Finding[] {
  const bound = design
    .entries<{ residency?: ResidencyConfig }>('workloads')
    .filter(([, { residency }]) => residency !== undefined);
  if (bound.length === 0) return [];
  const writers = new Set(
    keyReach(design)
      .filter(({ operation }) =>
        [...walkSteps(operation.steps)].some(({ step }) => optionsOn(name, step)?.to !== undefined),
      )
      .map(({ workload }) => workload),
  );
  const placements = copyPlacements(config, design.regions);
  return bound.flatMap(([workload, { residency }]): Finding[] => {
    if (!writers.has(workload)) return [];
    const regions = placements.filter(({ region }) => !mayGoTo(residency, region));
    if (regions.length === 0) return [];
    const [{ region, hasPrimary }] = regions;
    const path = !hasPrimary ? ['replicas', region] : config.primary === undefined ? [] : ['primary'];
    return [
      {
        path,
        message: `what ${workload} writes may not go to ${listed(regions.map((each) => each.region))}, and copies of it stand there: residency keeps callers away, not rows`,
        expected: `no copies there, or another residency of workloads.${workload}`,
        severity: 'warning',
      },
    ];
  });
}
