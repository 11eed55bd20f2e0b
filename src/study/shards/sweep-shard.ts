import type { Scenario } from '../../models/parse.ts';
import { runSweep, type SweepDesign, type SweepSettings } from '../sweep/run-sweep.ts';
import type { UncertainAsked } from '../uncertain/uncertain-design.ts';
import { writeManifest } from './manifest.ts';
import { writeScenario } from './scenario-files.ts';
import { isOf, type Shard } from './shard.ts';

/**
 * Runs the points of one shard, whose units `settings.pool` keeps in the folder; more runs at points that are undecided
 * included, which is why a shard has whole points.
 *
 * @returns the file that says that the shard is finished
 */
export async function runSweepShard(
  base: Scenario,
  design: SweepDesign & { readonly asked?: UncertainAsked },
  settings: SweepSettings,
  { shard, folder }: { readonly shard: Shard; readonly folder: string },
): Promise<{ readonly file: string }> {
  const own = design.points.flatMap((point, at) => (isOf(shard, at) ? [{ ...point, at }] : []));
  const done = own.length === 0 ? [] : (await runSweep(base, { ...design, points: own }, settings)).points;
  const points = own.map(({ at, values, scenario }, index) => ({
    at,
    values: [...values],
    scenario: writeScenario(folder, scenario().text),
    runs: done[index].runs,
  }));
  const { file, sets, seed, runs, maxRuns, metrics, version } = settings;
  const manifest = writeManifest(folder, {
    version,
    shard: { ...shard },
    sweep: {
      file,
      hash: base.hash,
      scenario: writeScenario(folder, base.text),
      sets: [...(sets ?? [])],
      seed,
      runs,
      maxRuns,
      metrics: [...(metrics ?? [])],
      variables: design.variables.map(({ path, values }) => ({ path, values: [...values] })),
      where: [...design.where],
      leftOut: design.leftOut,
      points: design.points.length,
      ...(design.asked === undefined
        ? {}
        : { uncertain: { ...design.asked, inputs: design.asked.inputs.map((input) => ({ ...input })) } }),
    },
    points,
  });
  return { file: manifest };
}
