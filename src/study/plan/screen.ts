import type { Scenario } from '../../models/parse.ts';
import type { PointState, Result, TargetResult } from '../../result/index.ts';
import { stateAt } from '../limit/judge-point.ts';
import { resultOf } from '../result-of.ts';
import type { RunSource } from '../run-pool.ts';
import type { RunRecord } from '../simulate-run.ts';

export interface ScreenSettings {
  readonly file: string;
  readonly version: string;
  readonly seed: number;
  readonly runs: number;
  readonly maxRuns: number;
  /** Share of wrong verdicts, over all looks. */
  readonly alpha: number;
  readonly pool: RunSource;
  readonly progress?: (run: number, share: number, runs: number) => void;
}

/** 5, 10, 20, 40: how many runs there are when they are looked at. */
export function stagesOf({ runs, maxRuns }: Pick<ScreenSettings, 'runs' | 'maxRuns'>): number[] {
  const stages = [runs];
  for (let next = 2 * runs; next < maxRuns; next *= 2) stages.push(next);
  return maxRuns > runs ? [...stages, maxRuns] : stages;
}

/**
 * Simulates a design as often as it takes to tell whether it holds, and no oftener: after each look the runs that would
 * tell are worked out from the interval's half-width s over the margin, n·(s/margin)², and the stages before them left out.
 */
export class Screening {
  result: Result | undefined;
  private readonly records: RunRecord[] = [];

  constructor(
    private readonly scenario: Scenario,
    private readonly settings: ScreenSettings,
  ) {}

  get runs(): number {
    return this.records.length;
  }

  /** @param without a need that is not asked for */
  async state(without?: string): Promise<PointState> {
    const stages = stagesOf(this.settings);
    if (this.result === undefined) await this.extendTo(stages[0], stages.length);
    for (;;) {
      const result = this.result as Result;
      const state = stateOf(result, without);
      const left = stages.filter((stage) => stage > this.runs);
      if (state !== 'undecided' || left.length === 0) return state;
      const enough = Math.max(...openNeeds(result, without).map((need) => runsToTell(need, this.runs)));
      await this.extendTo(left.find((stage) => stage >= enough) ?? left[left.length - 1], stages.length);
    }
  }

  private async extendTo(runs: number, looks: number): Promise<void> {
    const { alpha, pool, progress, seed } = this.settings;
    const from = this.runs;
    this.records.push(
      ...(await pool.runs(this.scenario, seed, from, runs - from, (run, share) =>
        progress?.(run, share, runs),
      )),
    );
    this.result = resultOf(this.scenario, this.records, { ...this.settings, alpha: alpha / looks });
  }
}

/** Whether a design carries its load and keeps its needs, or all but one of them. */
export function stateOf(
  result: Pick<Result, 'load' | 'loadReasons' | 'targets'>,
  without?: string,
): PointState {
  if (result.load === 'overloaded') return 'fails';
  const targets = result.targets.filter(({ target }) => target !== without);
  const hasNeeds = result.targets.some(({ level }) => level === 'fail');
  return stateAt({ ...result, targets }, 1, { hasNeeds, notBelow: new Set() });
}

const openNeeds = ({ targets }: Result, without?: string): TargetResult[] =>
  targets.filter(
    ({ level, status, target }) => level === 'fail' && status === 'inconclusive' && target !== without,
  );

function runsToTell({ value, low, high, limit }: TargetResult, runs: number): number {
  if (value === null || low === undefined || low === null || high === undefined || high === null)
    return runs + 1;
  const halfWidth = (high - low) / 2;
  const distance = Math.abs(value - limit);
  return distance === 0 ? Number.POSITIVE_INFINITY : runs * (halfWidth / distance) ** 2;
}
