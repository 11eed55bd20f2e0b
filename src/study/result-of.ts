import { hottestKeyOf } from '../models/hottest-key.ts';
import { nameWord } from '../models/name-word.ts';
import type { Scenario } from '../models/parse.ts';
import { warmUpOf } from '../models/run-settings.ts';
import { type Result, resultFormat } from '../result/index.ts';
import { oneSided } from '../sim/statistics/index.ts';
import { bottlenecksOf } from './bottlenecks.ts';
import { callersOf } from './callers-of.ts';
import { costOf } from './cost-of.ts';
import { distributionsOf, histogramsOf } from './distributions-of.ts';
import { estimateOf, metricsOf } from './estimates.ts';
import { exactOf } from './exact.ts';
import { examplesOf } from './examples-of.ts';
import { failuresOf } from './failures-of.ts';
import { faultsOf } from './faults-of.ts';
import { judge, verdictOf } from './judge.ts';
import { loadStateOf } from './load-state.ts';
import { scenarioHead } from './scenario-head.ts';
import type { RunRecord } from './simulate-run.ts';
import { SteadyMetrics } from './steady.ts';
import { timelineOf } from './timeline-of.ts';
import { warmUpsOf } from './warm-ups.ts';
import { waterfallsOf } from './waterfalls.ts';

export interface ResultSettings {
  readonly file: string;
  readonly version: string;
  readonly seed: number;
  /** What the command line said beside the file. */
  readonly sets?: readonly string[];
  readonly runsAsked?: number;
  /** Share of wrong verdicts a target may have, one-sided. */
  readonly alpha: number;
}

/** The result document of finished runs: pure, so the same records give the same bytes. */
export function resultOf(
  scenario: Scenario,
  records: readonly RunRecord[],
  settings: ResultSettings,
): Result {
  const { catalog, design } = scenario;
  const histograms = histogramsOf(records);
  const metrics = metricsOf(catalog, records, histograms, exactOf(scenario));
  const waterfalls = waterfallsOf(records);
  const state = loadStateOf(records, metrics, earlyFaults(design));
  const clues = {
    metrics,
    failures: failuresOf(records),
    waterfalls,
    bottlenecks: bottlenecksOf(metrics, waterfalls),
    topology: { regions: design.regions, nodes: records[0].topology },
    cost: costOf(records),
    loadReasons: state.loadReasons,
    hottestKeyOf: (id: string) => hottestKeyOf(design, id),
  };
  const confidence = oneSided(settings.alpha);
  const steady = new SteadyMetrics(records);
  const targets = judge(scenario.targets, {
    ...clues,
    estimate: (entry, during) =>
      during === 'steady'
        ? steady.estimate(entry, confidence)
        : estimateOf(entry, records, histograms, confidence),
    metricIn: (entry, during) => {
      if (during === 'all') return metrics[entry.id];
      return steady.has(entry) ? steady.metric(entry) : undefined;
    },
  });
  return {
    format: resultFormat,
    version: settings.version,
    scenario: {
      ...scenarioHead(scenario, settings),
      ...(settings.runsAsked === undefined ? {} : { runsAsked: settings.runsAsked }),
    },
    seed: settings.seed,
    runs: records.length,
    fingerprint: fingerprintOf(records),
    simulated: {
      seconds: records.reduce((sum, { seconds }) => sum + seconds, 0),
      operations: records.reduce((sum, { operations }) => sum + operations, 0),
      warmUp: records[0].warmUp,
      startAt: records[0].startAt,
    },
    verdict: verdictOf(targets),
    load: state.load,
    loadReasons: state.loadReasons,
    warmUps: warmUpsOf(design, records, state.loadReasons),
    callers: callersOf(design),
    metrics,
    targets,
    bottlenecks: clues.bottlenecks,
    waterfalls,
    distributions: distributionsOf(catalog, records, histograms),
    timeline: timelineOf(records),
    faults: faultsOf(records),
    failures: clues.failures,
    examples: examplesOf(records, metrics),
    topology: clues.topology,
    cost: clues.cost,
    assumptions: scenario.assumptions,
  };
}

/** Faults that began before the measured window. */
const earlyFaults = (design: Scenario['design']): string[] =>
  design
    .entries<{ at?: number }>('faults')
    .filter(([, { at }]) => at !== undefined && at < warmUpOf(design.run))
    .map(([name]) => name);

/** Eight digits that stand for all runs' fingerprints: `7c1e-90af`. */
function fingerprintOf(records: readonly RunRecord[]): string {
  const word = nameWord(records.map(({ fingerprint }) => fingerprint).join(' '));
  const digits = word.toString(16).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}
