import type { Design } from '../design.ts';
import type { Finding } from '../kind.ts';
import { strayData } from '../stray-data.ts';
import { copyPlacements, type DatabaseConfig } from './config.ts';
import { optionsOn } from './uses.ts';

/** Copies in regions to which the rows of a workload that writes here may not go. */
export function checkResidency(name: string, config: DatabaseConfig, design: Design): Finding[] {
  const placements = copyPlacements(config, design.regions);
  const pathOf = (region: string) => {
    const hasPrimary = placements.some((each) => each.region === region && each.hasPrimary);
    if (!hasPrimary) return ['replicas', region];
    return config.primary === undefined ? [] : ['primary'];
  };
  return strayData(
    design,
    (step) => optionsOn(name, step)?.to !== undefined,
    placements.map(({ region }) => region),
    pathOf,
  );
}
