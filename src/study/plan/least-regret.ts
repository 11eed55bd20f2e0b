import type { Scenario } from '../../models/parse.ts';
import type { PlanFinalist, PlanRegret } from '../../result/index.ts';
import { settingText } from '../../scenario/index.ts';
import { eachOf } from '../each-of.ts';
import type { RunSource } from '../run-pool.ts';
import { runScenario } from '../run-scenario.ts';
import type { Field } from '../uncertain/fields.ts';
import { drawOf, seedOf } from '../uncertain/uncertain-design.ts';
import { keepsAll, probabilityOf } from '../uncertain/uncertainty-of.ts';
import type { Candidate, ReadDesign } from './candidate.ts';
import { type DrawOutcome, mean, regretsOf } from './regret.ts';

export interface RegretSettings {
  readonly file: string;
  readonly version: string;
  readonly pool: RunSource;
  readonly read: ReadDesign;
  readonly fields: readonly Field[];
  readonly seed: number;
  readonly draws: number;
  /** How many times worse than an over-spend a lack is. */
  readonly weight: number;
  readonly asked: 'needs' | 'keeps-up';
  /** Whether what is to be least is what a design costs a month. */
  readonly isPriced: boolean;
  /** Whether a design may be chosen at all; asked of the finalists only. */
  readonly mayBe: (candidate: Candidate) => Promise<boolean>;
  readonly progress?: (share: number) => void;
}

/** Designs that are left at the end. */
const finalists = 4;
/** Draws of the first round; each further one has twice as many, for the better half of the designs. */
const firstDraws = 16;
/** Runs that are under way at a time, so that no worker waits for another. */
const atOnce = 16;

/**
 * The design that one regrets least, over what the author of the scenario does not know well.
 *
 * Rule: all designs see the same draws, of inputs and of what is random. The halves that do worse are left out round by round
 * (sequential halving), so that most runs go to designs between which it is hard to choose. The least mean regret wins; the
 * winner is scored again on draws that nobody has chosen it by.
 * Source: Z. Karnin, T. Koren and O. Somekh, "Almost optimal exploration in multi-armed bandits", ICML 2013.
 */
export async function leastRegret(
  candidates: readonly Candidate[],
  settings: RegretSettings,
): Promise<PlanRegret> {
  const { draws, fields, weight } = settings;
  const study = new DrawnDesigns(settings);
  let left = candidates;
  for (let count = Math.min(firstDraws, draws); ; count = Math.min(2 * count, draws)) {
    await study.extend(left, count, (share) => settings.progress?.(share));
    if (count === draws) break;
    const ranked = rank(left, study, weight).map(({ candidate }) => candidate);
    left = ranked.slice(0, Math.max(finalists, Math.ceil(ranked.length / 2)));
  }
  const ranked = rank(left, study, weight).slice(0, finalists);
  const rows: PlanFinalist[] = [];
  let chosen: Candidate | undefined;
  for (const { candidate, regrets } of ranked) {
    const outcomes = study.outcomesOf(candidate);
    const isPossible = await settings.mayBe(candidate);
    if (isPossible) chosen ??= candidate;
    rows.push({
      values: candidate.values,
      sets: candidate.sets,
      cost: mean(outcomes.map(({ cost }) => cost)),
      kept: probabilityOf(outcomes.filter(({ kept }) => kept).length, outcomes.length),
      regret: mean(regrets),
      worst: Math.max(...regrets),
      isPossible,
    });
  }
  const unheld = Array.from({ length: draws }, (_, draw) => draw).filter((draw) =>
    ranked.every(({ candidate }) => !study.outcomesOf(candidate)[draw].kept),
  ).length;
  const fresh = chosen === undefined ? undefined : await study.fresh(chosen);
  return {
    inputs: fields.map(({ path, low, mid, high }) => ({ path, low, mid, high })),
    draws,
    weight,
    designs: candidates.length,
    finalists: rows,
    unheld,
    ...(chosen === undefined || fresh === undefined
      ? {}
      : {
          chosen: {
            values: chosen.values,
            sets: chosen.sets,
            kept: probabilityOf(fresh.filter(({ kept }) => kept).length, fresh.length),
            cost: mean(fresh.map(({ cost }) => cost)),
          },
        }),
    runs: study.runs,
  };
}

interface Ranked {
  readonly candidate: Candidate;
  readonly regrets: readonly number[];
}

/** The least mean regret first; of equals the cheapest. */
function rank(candidates: readonly Candidate[], study: DrawnDesigns, weight: number): Ranked[] {
  const regrets = regretsOf(
    candidates.map((each) => study.outcomesOf(each)),
    weight,
  );
  return candidates
    .map((candidate, at) => ({ candidate, regrets: regrets[at] }))
    .sort(
      (a, b) =>
        mean(a.regrets) - mean(b.regrets) ||
        a.candidate.cost - b.candidate.cost ||
        a.candidate.at - b.candidate.at,
    );
}

/** Designs, each in as many of the draws as it was asked for. */
class DrawnDesigns {
  private readonly outcomes = new Map<number, DrawOutcome[]>();
  runs = 0;

  constructor(private readonly settings: RegretSettings) {}

  outcomesOf({ at }: Candidate): readonly DrawOutcome[] {
    return this.outcomes.get(at) ?? [];
  }

  /** Simulates the draws up to `count` of these designs. */
  async extend(
    candidates: readonly Candidate[],
    count: number,
    progress: (share: number) => void,
  ): Promise<void> {
    const work = candidates.flatMap((candidate) =>
      numbersFrom(this.outcomesOf(candidate).length, count).map((draw) => ({ candidate, draw })),
    );
    let done = 0;
    const found = await eachOf(work, atOnce, async ({ candidate, draw }) => {
      const outcome = await this.simulate(candidate, draw);
      done += 1;
      progress(done / work.length);
      return outcome;
    });
    work.forEach(({ candidate }, at) => {
      this.outcomes.set(candidate.at, [...this.outcomesOf(candidate), found[at]]);
    });
  }

  /** As many draws as there were, none of them seen before. */
  fresh(candidate: Candidate): Promise<DrawOutcome[]> {
    const { draws } = this.settings;
    return eachOf(numbersFrom(draws, 2 * draws), atOnce, (draw) => this.simulate(candidate, draw));
  }

  private async simulate(candidate: Candidate, draw: number): Promise<DrawOutcome> {
    const { asked, fields, file, isPriced, pool, read, seed, version } = this.settings;
    const values = drawOf(fields, seed, draw);
    const { scenario } = read([
      ...candidate.sets,
      ...fields.map(({ path }, at) => settingText([path], values[at])),
      settingText(['run', 'seed'], seedOf(seed, draw)),
    ]);
    // A draw may lie where this design cannot stand at all.
    if (scenario === undefined) return { cost: candidate.cost, kept: false };
    const { result } = await runScenario(scenario as Scenario, { file, version, pool, runs: 1, maxRuns: 1 });
    this.runs += 1;
    const cost = isPriced ? (result.cost.month ?? candidate.cost) : candidate.cost;
    return { cost, kept: keepsAll(result, asked) };
  }
}

const numbersFrom = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
