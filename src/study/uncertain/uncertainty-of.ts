import { keeps } from '../../metrics/index.ts';
import {
  type Influence,
  type MorrisEffect,
  type Outcome,
  type Probability,
  type Sweep,
  type SweepPoint,
  type TargetResult,
  type UncertainTarget,
  type Uncertainty,
  uncertaintyFormat,
} from '../../result/index.ts';
import { wilsonInterval } from '../../sim/statistics/index.ts';
import type { Dimension } from '../../units/index.ts';
import { elementaryEffects } from './morris.ts';
import { mostBars, seedOf, trajectoriesOf, type UncertainAsked } from './uncertain-design.ts';

/**
 * Whether a draw keeps a target: by the value that was measured, since a draw has few runs, and its chance is part of what is
 * told. What is infinite or was not observed keeps nothing.
 */
const isKept = ({ operator, limit, status, value }: TargetResult): boolean =>
  value === null ? status === 'pass' : keeps(value, operator, limit);

/** A draw keeps all that is asked of it, and no backlog grows. */
export function keepsAll(
  { load, loadReasons, targets }: Pick<SweepPoint, 'load' | 'loadReasons' | 'targets'>,
  asked: Uncertainty['asked'],
): boolean {
  if (loadReasons.some(({ what }) => what === 'grows')) return false;
  if (asked === 'keeps-up') return load === 'stable';
  return targets.every((target) => target.level !== 'fail' || isKept(target));
}

const probability = (draws: readonly SweepPoint[], isSo: (draw: SweepPoint) => boolean): Probability =>
  probabilityOf(draws.filter(isSo).length, draws.length);

/** How likely something is that happened in some of the draws. */
export const probabilityOf = (count: number, of: number): Probability => ({
  count,
  of,
  value: count / of,
  ...wilsonInterval(count, of),
});

/** What one point says of one metric; null: infinite, or nothing was observed. */
type Read = (point: SweepPoint) => number | null;

/** Summarises the points of a design: its draws, its mid, and what tells which input matters. */
export function uncertaintyOf({ points, ...sweep }: Sweep, asked: UncertainAsked): Uncertainty {
  const draws = points.slice(0, asked.draws);
  const [mid, ...moved] = points.slice(asked.draws);
  const targets = mid.targets.map((target, at): UncertainTarget => {
    const unit = sweep.metrics[target.metric]?.unit ?? 'count';
    return {
      target: target.target,
      level: target.level,
      operator: target.operator,
      limit: target.limit,
      kept: probability(draws, (draw) => isKept(draw.targets[at])),
      ...outcomeOf(target.metric, unit, draws, mid, (point) => point.targets[at].value),
    };
  });
  const month = outcomeOf('cost.month', 'money', draws, mid, (point) => point.month);
  const likely = targets
    .map((target, at) => ({ target, at }))
    .sort(
      (a, b) =>
        Number(b.target.level === 'fail') - Number(a.target.level === 'fail') ||
        a.target.kept.value - b.target.kept.value ||
        a.at - b.at,
    );
  const reads = new Map<string, { unit: Dimension; read: Read }>();
  for (const { target, at } of likely)
    if (!reads.has(target.metric))
      reads.set(target.metric, { unit: target.unit, read: (point) => point.targets[at].value });
  if (mid.month !== null && !reads.has('cost.month'))
    reads.set('cost.month', { unit: 'money', read: (point) => point.month });
  const isTornado = asked.inputs.length <= mostBars;
  return {
    format: uncertaintyFormat,
    version: sweep.version,
    scenario: sweep.scenario,
    seed: sweep.seed,
    runs: sweep.runs,
    inputs: asked.inputs,
    asked: sweep.asked,
    kept: probability(draws, (draw) => keepsAll(draw, sweep.asked)),
    targets,
    ...(mid.month === null ? {} : { month }),
    method: isTornado ? 'tornado' : 'morris',
    influence: [...reads].map(
      ([metric, { unit, read }]): Influence => ({
        metric,
        unit,
        mid: read(mid),
        ...(isTornado ? tornado(asked, moved, read) : morris(asked, sweep.seed, moved, read)),
      }),
    ),
    draws: draws.map((draw, at) => ({
      values: draw.values,
      seed: seedOf(sweep.seed, at),
      hash: draw.hash,
      kept: keepsAll(draw, sweep.asked),
      targets: draw.targets.map(({ value }) => value),
      month: draw.month,
      fingerprint: draw.fingerprint,
    })),
  };
}

/** Percentiles over the draws: values that were drawn, the infinite ones above all. */
function outcomeOf(
  metric: string,
  unit: Dimension,
  draws: readonly SweepPoint[],
  mid: SweepPoint,
  read: Read,
): Outcome {
  const values = draws.map((draw) => read(draw) ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const at = (share: number) => {
    const value = values[Math.max(0, Math.ceil(share * values.length) - 1)];
    return Number.isFinite(value) ? value : null;
  };
  return { metric, unit, p5: at(0.05), p50: at(0.5), p95: at(0.95), mid: read(mid) };
}

function tornado(
  { inputs }: UncertainAsked,
  moved: readonly SweepPoint[],
  read: Read,
): Pick<Influence, 'bars'> {
  const bars = inputs.map(({ path }, at) => {
    const [low, high] = [read(moved[2 * at]), read(moved[2 * at + 1])];
    // Without end on both sides: it is so whatever the input is.
    const swing =
      low === null && high === null ? 0 : low === null || high === null ? null : Math.abs(high - low);
    return { path, low, high, swing };
  });
  return { bars: bars.toSorted((a, b) => size(b.swing) - size(a.swing) || 0) };
}

/** The largest of all where it is without end. */
const size = (value: number | null): number => value ?? Number.MAX_VALUE;

function morris(
  asked: UncertainAsked,
  seed: number,
  moved: readonly SweepPoint[],
  read: Read,
): Pick<Influence, 'effects'> {
  const paths = trajectoriesOf(asked, seed);
  const length = asked.inputs.length + 1;
  const found = elementaryEffects(
    paths.map((places, number) => ({
      places,
      outcomes: moved.slice(number * length, (number + 1) * length).map((point) => read(point) ?? Number.NaN),
    })),
  );
  const orNull = (value: number) => (Number.isFinite(value) ? value : null);
  const effects = found.map(
    ({ muStar, mu, sigma }, at): MorrisEffect => ({
      path: asked.inputs[at].path,
      muStar: orNull(muStar),
      mu: orNull(mu),
      sigma: orNull(sigma),
    }),
  );
  return { effects: effects.toSorted((a, b) => size(b.muStar) - size(a.muStar)) };
}
