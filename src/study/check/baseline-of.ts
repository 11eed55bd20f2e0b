import type { Gate } from '../../models/check-settings.ts';
import {
  type Baseline,
  type BaselineMetric,
  baselineFormat,
  infinite,
  type Result,
} from '../../result/index.ts';
import type { Spread } from '../../sim/statistics/index.ts';
import { Spreads } from '../compare/spread-of.ts';

/** What is kept of a result for later checks: its gated metrics, run by run. */
export function baselineOf(result: Result, gates: readonly Gate[]): Baseline {
  const spreads = new Spreads(result);
  const metrics = gates.map(({ entry }): [string, BaselineMetric] => {
    const { unit, better, kind } = result.metrics[entry.id];
    const { value, perRun } = spreads.of(entry.id) as Spread;
    return [entry.id, { value: kept(value), unit, better, kind, runs: perRun.map(kept) }];
  });
  const { version, scenario, seed, runs, simulated, fingerprint } = result;
  return {
    format: baselineFormat,
    version,
    scenario: { name: scenario.name, file: scenario.file, hash: scenario.hash },
    seed,
    runs,
    duration: simulated.seconds / runs,
    warmUp: simulated.warmUp,
    fingerprint,
    metrics: Object.fromEntries(metrics),
  };
}

/** Twelve digits: less than any difference that counts, and the same on every machine. */
function kept(value: number): BaselineMetric['value'] {
  if (Number.isNaN(value)) return null;
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : infinite;
}

/** The values of a baseline's metric again. */
export function spreadOf({ value, runs }: BaselineMetric): Spread {
  return { value: read(value), perRun: runs.map(read) };
}

const read = (value: BaselineMetric['value']): number =>
  value === null ? Number.NaN : value === infinite ? Number.POSITIVE_INFINITY : value;
