import type { Scenario } from '../models/parse.ts';
import type { Sweep } from '../result/index.ts';
import { version } from '../result/version.ts';
import { isOf } from '../study/shards/shard.ts';
import { runSweepShard } from '../study/shards/sweep-shard.ts';
import { runSweep, type SweepDesign, type SweepSettings } from '../study/sweep/run-sweep.ts';
import { type KeepingOptions, KeptWork } from './kept-work.ts';
import { progressLine } from './progress.ts';
import { openRuns, type QueueOptions } from './queue-option.ts';
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
  const { maker, atOnce } = await openRuns(options);
  const progress = progressLine();
  try {
    const work = new KeptWork(maker, options);
    const settings: SweepSettings = {
      file,
      version,
      seed,
      runs: options.runs,
      sets: set,
      pool: work.runs,
      atOnce,
      progress: (point, run, share) => progress.update(point * runs + run, share, points * runs),
      ...further,
    };
    if (shard !== undefined) {
      const { file: finished } = await runSweepShard(base, design, settings, { shard, folder: options.keep });
      progress.clear();
      work.end();
      process.stderr.write(`shard ${shard.number} of ${shard.of}: ${inWords(points)}; ${finished}\n`);
      return;
    }
    const sweep = await runSweep(base, design, settings);
    progress.clear();
    work.end();
    await report(sweep);
  } finally {
    progress.clear();
    await maker.close();
  }
}
