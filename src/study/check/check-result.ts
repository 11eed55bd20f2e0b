import type { Scenario } from '../../models/parse.ts';
import {
  type Baseline,
  type CheckResult,
  type GateResult,
  isFailing,
  type Result,
} from '../../result/index.ts';
import { baselineOf } from './baseline-of.ts';
import { checkAgainst } from './check-against.ts';

/** With fewer runs no test can be as sure as a check has to be. */
const fewestRuns = 20;

/** Metrics gated at once beyond which Holm's correction makes each of them hard to fail. */
const manyGates = 40;

/** Holds a result against its baseline, and its needs against themselves. */
export function checkResult(
  scenario: Scenario,
  result: Result,
  baseline: Baseline | undefined,
  path: string,
): CheckResult {
  const found = baselineOf(result, gatesFor(scenario, baseline));
  const problem =
    tooFewRuns(found) ?? (baseline === undefined ? noBaseline(result) : otherRuns(baseline, found));
  const gates = baseline === undefined || problem !== undefined ? [] : against(baseline, found, scenario);
  const needs = result.targets.filter(
    ({ level, status }) => level === 'fail' && ['fail', 'no-data', 'inconclusive'].includes(status),
  );
  const fails = problem !== undefined || gates.some(isFailing) || needs.length > 0;
  return {
    file: result.scenario.file,
    name: result.scenario.name,
    baseline: path,
    status: fails ? 'fail' : 'pass',
    seed: result.seed,
    runs: result.runs,
    ...(problem === undefined ? {} : { problem }),
    gates,
    needs,
    notes: notesOn(scenario, found, baseline, gates),
  };
}

/** Whether anything moved beyond noise, either way, and what. */
export function movements(scenario: Scenario, baseline: Baseline, found: Baseline): GateResult[] {
  const all = checkAgainst(baseline, found, { ...settingsOf(scenario), isStrict: true });
  const isNew = ({ metric, status, expected, found: now }: GateResult) =>
    status !== 'no-data' || expected !== now || !(metric in baseline.metrics);
  return all.filter((gate) => gate.status !== 'held' && gate.metric in found.metrics && isNew(gate));
}

/** Metrics that the scenario gates, and those that its baseline does. */
export const gatesFor = ({ gates, catalog }: Scenario, baseline: Baseline | undefined) => {
  const known = new Set(gates.map(({ entry }) => entry.id));
  const kept = Object.keys(baseline?.metrics ?? {}).flatMap((id) => {
    const entry = known.has(id) ? undefined : catalog.get(id);
    return entry === undefined ? [] : [{ entry }];
  });
  return [...gates, ...kept];
};

const settingsOf = (scenario: Scenario) => ({
  gates: scenario.gates,
  check: scenario.check,
  has: (id: string) => scenario.catalog.get(id) !== undefined,
});

const against = (baseline: Baseline, found: Baseline, scenario: Scenario): GateResult[] =>
  checkAgainst(baseline, found, settingsOf(scenario));

const noBaseline = ({ scenario }: Result): string =>
  `there is no baseline yet: headroom baseline update ${scenario.file}`;

/** Why a saved result cannot be checked, or become a baseline. */
export function tooFewRuns({ runs }: Baseline): string | undefined {
  if (runs >= fewestRuns) return undefined;
  return `${runs} runs cannot tell a change from chance: ${fewestRuns} or more can (headroom run --runs ${fewestRuns})`;
}

/** Why a baseline says nothing about these runs: counts and maxima grow with a run's length. */
export function otherRuns(baseline: Baseline, found: Baseline): string | undefined {
  if (baseline.duration === found.duration && baseline.warmUp === found.warmUp) return undefined;
  const text = ({ duration, warmUp }: Baseline) => `${duration} s with ${warmUp} s of warm-up`;
  return `the baseline is of runs of ${text(baseline)}, these are of ${text(found)}: headroom baseline update ${found.scenario.file}`;
}

function notesOn(
  { gates }: Scenario,
  found: Baseline,
  baseline: Baseline | undefined,
  judged: readonly GateResult[],
): string[] {
  const notes: string[] = [];
  if (gates.length === 0) notes.push('nothing is gated: set targets, or list metrics under check');
  if (gates.length > manyGates)
    notes.push(`${gates.length} metrics are gated: with so many, each finds less; about 20 are enough`);
  if (baseline === undefined) return notes;
  if (baseline.scenario.hash !== found.scenario.hash)
    notes.push('the scenario has changed since its baseline');
  if (baseline.version !== found.version)
    notes.push(`the baseline is of version ${baseline.version}, this is ${found.version}`);
  if (baseline.seed !== found.seed || baseline.runs !== found.runs)
    notes.push(
      'other seed or number of runs than the baseline: runs do not pair, so smaller changes stay unseen',
    );
  const better = judged.filter(({ status }) => status === 'better').length;
  if (better > 0)
    notes.push(
      `${better} better than the baseline: headroom baseline update ${found.scenario.file} keeps it so`,
    );
  return notes;
}
