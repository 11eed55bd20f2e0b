import { margin, type ResolvedTarget } from '../../metrics/index.ts';
import { type LoadBound, loadBounds } from '../../models/capacity-bounds.ts';
import { closedFormsOf } from '../../models/closed-form.ts';
import type { ParsedScenario, Scenario, Target } from '../../models/parse.ts';
import type { PlanPrediction, PlanVariable } from '../../result/index.ts';
import { settingText } from '../../scenario/index.ts';
import { costBefore } from './cost-before.ts';
import type { PlanSpace } from './read-plan.ts';

/** A design, and what is known of it before it is simulated. */
export interface Candidate {
  readonly at: number;
  readonly values: readonly string[];
  readonly sets: readonly string[];
  /** Why these values make no scenario. */
  readonly impossible?: string;
  /** What is full first, at best: nothing can be done beyond. */
  readonly bound?: LoadBound;
  /** $ a month, as far as it can be told before. */
  readonly month: number | null;
  /** The part of it that no load changes: it cannot cost less. */
  readonly floor: number;
  /** What is to be least. */
  readonly cost: number;
  /** A need on the cost that the fixed part alone breaks. */
  readonly tooDear?: string;
  /** What closed forms say of the needs. */
  readonly predictions: readonly PlanPrediction[];
}

/** Reads the scenario with the settings of a design. */
export type ReadDesign = (sets: readonly string[]) => ParsedScenario;

/** Settings of a design. A map stands for the whole of what was there: a purchase mix is not merged with another one. */
const designSets = (variables: readonly PlanVariable[], values: readonly string[]): string[] =>
  variables.flatMap(({ path }, at) => [
    ...(values[at].startsWith('{') ? [settingText([path], '~')] : []),
    settingText([path], values[at]),
  ]);

/** Everything of a design that can be told without simulating its load. */
export function candidateOf(
  values: readonly string[],
  at: number,
  { variables, objective }: PlanSpace,
  read: ReadDesign,
): Candidate {
  const sets = designSets(variables, values);
  const nothing = {
    at,
    values,
    sets,
    month: null,
    floor: 0,
    cost: Number.POSITIVE_INFINITY,
    predictions: [],
  };
  const { scenario, problems } = read(sets);
  if (scenario === undefined) {
    const [first] = problems.filter(({ severity }) => severity === 'error');
    return { ...nothing, impossible: first?.message ?? 'it makes no scenario' };
  }
  const [bound] = loadBounds(scenario.design);
  if (isFull(bound)) return { ...nothing, bound };
  const { month, floor } = costBefore(scenario.design, (more) => read([...sets, ...more]));
  const dear = needsOf(scenario).find(({ resolved }) => resolved.some((each) => isBeyond(each, floor)));
  return {
    ...nothing,
    ...(bound === undefined ? {} : { bound }),
    month,
    floor,
    cost: objective === undefined ? (month ?? Number.POSITIVE_INFINITY) : objective(values),
    ...(dear === undefined ? {} : { tooDear: dear.target }),
    predictions: predictionsOf(scenario),
  };
}

/**
 * Whether the load is more than something can do. What is busy all the time does not keep up either, unless nothing at all
 * is random: whatever once waits there waits for ever.
 */
export const isFull = (bound: LoadBound | undefined): bound is LoadBound =>
  bound !== undefined && bound.atMost <= 1;

/** Whether a design is out before it is simulated. */
export const isTold = ({ impossible, bound, tooDear }: Candidate): boolean =>
  impossible !== undefined || tooDear !== undefined || isFull(bound);

const needsOf = ({ targets }: Scenario): Target[] => targets.filter(({ level }) => level === 'fail');

const isBeyond = ({ entry, operator, limit }: ResolvedTarget, floor: number): boolean =>
  entry.id === 'cost.month' && operator.startsWith('<') && floor > limit;

function predictionsOf(scenario: Scenario): PlanPrediction[] {
  const forms = closedFormsOf(scenario.design);
  return needsOf(scenario).flatMap(({ target, resolved }) =>
    resolved.flatMap(({ entry: { id, unit }, operator, limit }) => {
      const exact = forms[id];
      if (exact === undefined) return [];
      return [{ target, metric: id, unit, ...exact, margin: margin(exact.value, operator, limit, unit) }];
    }),
  );
}

/** How busy the fullest station is before anybody doubts that what waits there is too much. */
const comfortable = 0.7;

/**
 * How likely a design is to hold, before it is simulated: the least margin that closed forms give its needs, or where there
 * is none the room that its fullest station has. Above 0: it is likely to. It ranks, and rejects nothing.
 * @param without a need that is not asked for
 */
export function promiseOf({ predictions, bound }: Candidate, without?: string): number {
  const margins = predictions.filter(({ target }) => target !== without).map((each) => each.margin);
  if (margins.length > 0) return Math.min(...margins);
  return bound === undefined ? 1 : comfortable - 1 / bound.atMost;
}
