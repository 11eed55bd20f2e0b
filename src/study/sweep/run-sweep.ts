import type { Scenario } from '../../models/parse.ts';
import {
  type Result,
  type Sweep,
  type SweepPoint,
  type SweepVariable,
  sweepFormat,
} from '../../result/index.ts';
import { keyMetrics } from '../compare/key-metrics.ts';
import { eachOf } from '../each-of.ts';
import { stateAt } from '../limit/judge-point.ts';
import { measured } from '../limit/point-of.ts';
import type { RunSource } from '../run-pool.ts';
import { runScenario } from '../run-scenario.ts';
import { scenarioHead } from '../scenario-head.ts';
import { bestOf, shownMetrics } from './choose.ts';

export interface SweepSettings {
  readonly file: string;
  readonly version: string;
  readonly seed?: number;
  readonly runs?: number;
  readonly maxRuns?: number;
  readonly sets?: readonly string[];
  /** Metrics to keep and to show, beside those that people look at first. */
  readonly metrics?: readonly string[];
  readonly pool: RunSource;
  /** Points that are worked on at a time, so that no worker waits for the last run of a point. */
  readonly atOnce: number;
  readonly progress?: (point: number, run: number, share: number) => void;
}

/** What is swept. */
export interface SweepDesign {
  readonly variables: readonly SweepVariable[];
  readonly where: readonly string[];
  readonly leftOut: number;
  /** Each point has the seed that its own scenario says; absent: all have the same. */
  readonly ownSeeds?: boolean;
  /** Values, and what reads the scenario that they make. */
  readonly points: readonly { readonly values: readonly string[]; readonly scenario: () => Scenario }[];
}

/** Runs a scenario at every point; unless told, with the same seed, so that points differ by their values and not by their draws. */
export async function runSweep(base: Scenario, design: SweepDesign, settings: SweepSettings): Promise<Sweep> {
  const { run } = base.design;
  const runs = settings.runs ?? run.runs;
  const common = {
    file: settings.file,
    version: settings.version,
    pool: settings.pool,
    seed: settings.seed ?? run.seed,
    runs,
    maxRuns: Math.max(runs, settings.maxRuns ?? (settings.runs === undefined ? (run.maxRuns ?? runs) : runs)),
  };
  const hasNeeds = base.targets.some(({ level }) => level === 'fail');
  let shown: string[] = [];
  const points = await eachOf(design.points, settings.atOnce, async ({ values, scenario }, at) => {
    const here = scenario();
    const { result } = await runScenario(here, {
      ...common,
      ...(design.ownSeeds ? { seed: here.design.run.seed } : {}),
      progress: (number, share) => settings.progress?.(at, number, share),
    });
    const ids = [...new Set([...(settings.metrics ?? []), ...keyMetrics([result])])];
    if (at === 0) shown = shownMetrics(result, settings.metrics ?? []);
    const units = ids.flatMap((id) => {
      const metric = result.metrics[id];
      return metric === undefined ? [] : [[id, { unit: metric.unit, better: metric.better }] as const];
    });
    return { point: pointOf(result, values, ids, hasNeeds), units };
  });
  const all = points.map(({ point }) => point);
  const best = bestOf(all);
  return {
    format: sweepFormat,
    version: settings.version,
    scenario: scenarioHead(base, settings),
    seed: common.seed,
    runs,
    maxRuns: common.maxRuns,
    variables: design.variables,
    where: design.where,
    leftOut: design.leftOut,
    asked: hasNeeds ? 'needs' : 'keeps-up',
    metrics: Object.fromEntries(points.flatMap(({ units }) => units)),
    shown,
    points: all,
    ...(best === undefined ? {} : { best }),
  };
}

function pointOf(
  result: Result,
  values: readonly string[],
  ids: readonly string[],
  hasNeeds: boolean,
): SweepPoint {
  const { bottlenecks, cost, fingerprint, load, loadReasons, metrics, runs, scenario, targets } = result;
  const [fullest] = bottlenecks;
  return {
    values,
    hash: scenario.hash,
    state: stateAt(result, 1, { hasNeeds, notBelow: new Set() }),
    runs,
    load,
    loadReasons,
    targets,
    metrics: Object.fromEntries(
      ids.flatMap((id) =>
        metrics[id] === undefined ? [] : [[id, { ...measured(metrics[id]), data: metrics[id].data }]],
      ),
    ),
    ...(fullest === undefined
      ? {}
      : {
          fullest: {
            station: fullest.station,
            ...(fullest.of === undefined ? {} : { of: fullest.of }),
            utilization: fullest.utilization,
          },
        }),
    month: cost.month,
    fingerprint,
  };
}
