import type { CheckSettings, Gate } from '../../models/check-settings.ts';
import type { Baseline, BaselineMetric, GateResult, GateStatus } from '../../result/index.ts';
import { holm, intervalOfDifference } from '../../sim/statistics/index.ts';
import { defaultTolerance, type Tolerance, toleranceAt } from '../compare/tolerance.ts';
import { spreadOf } from './baseline-of.ts';
import { type GateTest, gateTest } from './gate-test.ts';

/**
 * The share of checks of an unchanged design that fail, at most: over all its gates together. A gate in a hundred checks
 * is looked at by people; one in twenty teaches them to look away.
 */
export const falseAlarms = 0.01;

export interface AgainstSettings {
  readonly gates: readonly Gate[];
  readonly check: Pick<CheckSettings, 'tolerance'>;
  /** Ids that the scenario has, gated or not. */
  readonly has: (id: string) => boolean;
  /** No tolerance, and either way: whether anything moved at all. */
  readonly isStrict?: boolean;
}

/**
 * Holds what was found against a baseline. Each gate is tested against "no worse than the tolerance", and Holm's
 * correction keeps the share of false alarms over all of them. What the baseline gates and the scenario no longer names is
 * gated still: taking away a target must not take away what it caught.
 */
export function checkAgainst(baseline: Baseline, found: Baseline, settings: AgainstSettings): GateResult[] {
  const isPaired = baseline.seed === found.seed && baseline.runs === found.runs;
  const gates = new Map(settings.gates.map((gate) => [gate.entry.id, gate]));
  const ids = [...new Set([...Object.keys(baseline.metrics), ...gates.keys()])];
  const judged = ids.map((id) => judge(id, gates.get(id), baseline, found, isPaired, settings));
  const tested = judged.filter(({ test }) => test !== undefined);
  const worse = holm(
    tested.map(({ test }) => (test as GateTest).worse),
    falseAlarms,
  );
  const better = holm(
    tested.map(({ test }) => (test as GateTest).better),
    falseAlarms,
  );
  const verdicts = new Map(
    tested.map(({ result }, at): [string, GateStatus] => [
      result.metric,
      worse[at] ? (result.better === 'neither' ? 'moved' : 'worse') : better[at] ? 'better' : 'held',
    ]),
  );
  return judged.map(({ result }) => ({ ...result, status: verdicts.get(result.metric) ?? result.status }));
}

interface Judged {
  readonly result: GateResult;
  /** Absent where there is nothing to test. */
  readonly test?: GateTest;
}

function judge(
  id: string,
  gate: Gate | undefined,
  baseline: Baseline,
  found: Baseline,
  isPaired: boolean,
  { check, has, isStrict }: AgainstSettings,
): Judged {
  const [old, now] = [baseline.metrics[id], found.metrics[id]];
  const { unit, better } = (now ?? old) as BaselineMetric;
  const common = {
    metric: id,
    ...(gate === undefined ? {} : { about: gate.entry.definition.about }),
    unit,
    better,
    ...valueAs('expected', old),
    ...valueAs('found', now),
  };
  if (now === undefined) return { result: { ...common, status: has(id) ? 'no-data' : 'vanished' } };
  if (!hasData(now)) return { result: { ...common, status: 'no-data' } };
  if (old === undefined || !hasData(old)) return { result: { ...common, status: 'new' } };
  const [expected, measured] = [spreadOf(old), spreadOf(now)];
  const tolerance = isStrict
    ? 0
    : toleranceAt(expected.value, unit, toleranceOf(gate, unit, check.tolerance));
  const test = gateTest(expected, measured, { tolerance, better, isPaired });
  const { low, high } = intervalOfDifference(test.difference);
  return {
    test,
    result: {
      ...common,
      status: 'held',
      ...(Number.isFinite(test.difference.value) ? { difference: test.difference.value } : {}),
      ...(low === undefined || high === undefined ? {} : { halfWidth: (high - low) / 2 }),
      tolerance,
      chance: test.worse,
    },
  };
}

function toleranceOf(gate: Gate | undefined, unit: BaselineMetric['unit'], relative: number): Tolerance {
  const usual = defaultTolerance(unit, relative);
  return { relative: gate?.relative ?? usual.relative, floor: gate?.floor ?? usual.floor };
}

const hasData = ({ runs }: BaselineMetric): boolean => runs.some((run) => run !== null);

function valueAs(name: 'expected' | 'found', metric: BaselineMetric | undefined): Partial<GateResult> {
  if (metric === undefined || metric.value === null) return {};
  return { [name]: typeof metric.value === 'number' ? metric.value : null };
}
