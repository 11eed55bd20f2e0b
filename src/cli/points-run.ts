import type { Scenario } from '../models/parse.ts';
import type { Sweep } from '../result/index.ts';
import { version } from '../result/version.ts';
import { isOf } from '../study/shards/shard.ts';
import { runSweepShard } from '../study/shards/sweep-shard.ts';
import { runSweep, type SweepDesign, type SweepSettings } from '../study/sweep/run-sweep.ts';
import type { KeptRuns } from '../study/units/kept-runs.ts';
import { type KeepingOptions, withKeptRuns } from './kept-work.ts';
import { progressLine } from './progress.ts';
import type { QueueOptions } from './queue-option.ts';
import type { ReportingOptions } from './reporting.ts';
import type { ShardOptions } from './shard-option.ts';

/** Options of a command that runs a scenario at many points. */
export interface PointsOptions extends ReportingOptions, KeepingOptions, QueueOptions, ShardOptions {
  readonly set: string[];
  readonly seed?: number;
  readonly runs?: number;
}

/**
 * Runs all points of a design, or a shard's, with progress on stderr; what is finished is kept.
 * @param further settings of this command's own
 * @param inWords how many points a shard has run, in words
 * @param report what becomes of all of them, which a shard alone cannot tell
 */
export async function runPoints(
  file: string,
  options: PointsOptions,
  { base, design }: { readonly base: Scenario; readonly design: SweepDesign },
  further: Partial<SweepSettings>,
  inWords: (points: number) => string,
  report: (sweep: Sweep) => Promise<void>,
): Promise<void> {
  const { runs = base.design.run.runs, seed, set, shard } = options;
  const points = design.points.filter((_, at) => shard === undefined || isOf(shard, at)).length;
  const progress = progressLine();
  const settingsOf = (pool: KeptRuns, atOnce: number): SweepSettings => ({
    file,
    version,
    seed,
    runs: options.runs,
    sets: set,
    pool,
    atOnce,
    progress: (point, run, share) => progress.update(point * runs + run, share, points * runs),
    ...further,
  });
  if (shard === undefined) {
    const sweep = await withKeptRuns(options, progress, (pool, atOnce) =>
      runSweep(base, design, settingsOf(pool, atOnce)),
    );
    await report(sweep);
    return;
  }
  const { file: finished } = await withKeptRuns(options, progress, (pool, atOnce) =>
    runSweepShard(base, design, settingsOf(pool, atOnce), { shard, folder: options.keep }),
  );
  process.stderr.write(`shard ${shard.number} of ${shard.of}: ${inWords(points)}; ${finished}\n`);
}
