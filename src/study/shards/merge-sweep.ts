import { parseScenario, type Scenario } from '../../models/parse.ts';
import type { Sweep, Uncertainty } from '../../result/index.ts';
import { runSweep, type SweepDesign } from '../sweep/run-sweep.ts';
import { uncertaintyOf } from '../uncertain/uncertainty-of.ts';
import { type Gathered, gather, Unmergeable } from './gather.ts';
import { MergedRuns } from './merged-runs.ts';
import { readScenarioText } from './scenario-files.ts';

export interface MergeSettings {
  readonly version: string;
  /** Shards that are not there are no mistake: their points are left out, and counted. */
  readonly allowMissing: boolean;
}

/**
 * The sweep, or the study of uncertain inputs, that came of its shards: the same bytes as of one process that did all of it.
 * @throws Unmergeable where shards are missing, contradict each other, or are damaged
 */
export async function mergeSweep(
  folders: readonly string[],
  { version, allowMissing }: MergeSettings,
): Promise<Sweep | Uncertainty> {
  const gathered = gather(folders, version);
  const { asked, missing } = gathered;
  const { uncertain } = asked;
  if (missing.length > 0 && !allowMissing)
    throw new Unmergeable([
      `shard ${missing.join(', ')} of ${gathered.shards[0].manifest.shard.of} ${missing.length === 1 ? 'is' : 'are'} missing`,
    ]);
  if (missing.length > 0 && uncertain !== undefined)
    throw new Unmergeable(['without all of its shards nothing can be said of which input matters']);
  const { base, points } = designOf(gathered);
  const pool = new MergedRuns(folders, version);
  const ownSeeds = uncertain !== undefined;
  refuseDamaged(pool, points, ownSeeds ? undefined : (asked.seed ?? base.design.run.seed));
  const sweep = await runSweep(base, { ...asked, points, ownSeeds }, { ...asked, version, pool, atOnce: 1 });
  if (uncertain !== undefined) return uncertaintyOf(sweep, uncertain);
  return points.length === asked.points ? sweep : { ...sweep, missing: asked.points - points.length };
}

/** A point, and how many runs it had. */
type FinishedPoint = SweepDesign['points'][number] & { readonly runs: number };

/** The scenario and its points, in their order, out of the texts that lie beside the units. */
function designOf({ asked, shards }: Gathered): {
  base: Scenario;
  points: FinishedPoint[];
} {
  const problems: string[] = [];
  const read = (folder: string, sha: string): Scenario | undefined => {
    const text = readScenarioText(folder, sha);
    if (typeof text !== 'string') {
      problems.push(text.problem);
      return undefined;
    }
    const { scenario } = parseScenario(asked.file, () => text);
    if (scenario === undefined) problems.push(`${sha}: the text of a scenario that does not stand`);
    return scenario;
  };
  const base = read(shards[0].folder, asked.scenario);
  if (base !== undefined && base.hash !== asked.hash)
    problems.push(`${shards[0].file}: its scenario has the hash ${base.hash}, and was to have ${asked.hash}`);
  const all = new Map<number, FinishedPoint>();
  for (const { folder, manifest } of shards)
    for (const { at, values, scenario: sha, runs } of manifest.points) {
      if (read(folder, sha) !== undefined)
        all.set(at, { values, runs, scenario: () => read(folder, sha) as Scenario });
    }
  if (base === undefined || problems.length > 0) throw new Unmergeable([...new Set(problems)]);
  const points = [...all].sort(([a], [b]) => a - b).map(([, point]) => point);
  if (points.length === 0) throw new Unmergeable(['the shards that are there have no points']);
  return { base, points };
}

/**
 * Names every unit that is not there, or not whole, before anything is made of the others.
 * @param seed of all points; absent: each has its own
 */
function refuseDamaged(pool: MergedRuns, points: readonly FinishedPoint[], seed?: number): void {
  const problems = points.flatMap(({ scenario, runs }) => {
    const read = scenario();
    return Array.from({ length: runs }, (_, run) =>
      pool.find(read, seed ?? read.design.run.seed, run),
    ).flatMap((found) => ('problems' in found ? found.problems : []));
  });
  if (problems.length > 0) throw new Unmergeable([...new Set(problems)]);
}
