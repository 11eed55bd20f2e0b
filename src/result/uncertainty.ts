import { z } from 'zod';
import type { Operator } from '../metrics/index.ts';
import { type Dimension, dimensions } from '../units/index.ts';
import type { Sweep } from './sweep.ts';

export const uncertaintyFormat = 'headroom.uncertainty/1';

/** An input that its author does not know well, as written: its 5th, 50th and 95th percentile. */
export interface UncertainField {
  readonly path: string;
  readonly low: string;
  readonly mid: string;
  readonly high: string;
}

/** How often something was so, and the 95% interval of its probability (Wilson's). */
export interface Probability {
  readonly count: number;
  readonly of: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What a metric comes to over the draws: percentiles of its value. null: infinite, or nothing was observed. */
export interface Outcome {
  readonly metric: string;
  readonly unit: Dimension;
  readonly p5: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  /** With every input at its mid. */
  readonly mid: number | null;
}

export interface UncertainTarget extends Outcome {
  readonly target: string;
  readonly level: 'fail' | 'warn';
  readonly operator: Operator;
  readonly limit: number;
  readonly kept: Probability;
}

/** A metric at the low and the high end of one input, the others at their mid, all with the same draws. */
export interface TornadoBar {
  readonly path: string;
  readonly low: number | null;
  readonly high: number | null;
  /** null: without end. */
  readonly swing: number | null;
}

/** Elementary effects of one input over its whole range, the others anywhere in theirs (Morris). */
export interface MorrisEffect {
  readonly path: string;
  /** null: the metric was infinite somewhere on the way. */
  readonly muStar: number | null;
  readonly mu: number | null;
  readonly sigma: number | null;
}

/** What moves a metric, the most first. */
export interface Influence {
  readonly metric: string;
  readonly unit: Dimension;
  readonly mid: number | null;
  readonly bars?: readonly TornadoBar[];
  readonly effects?: readonly MorrisEffect[];
}

/** One draw of all inputs. */
export interface Draw {
  /** One an input, in their order. */
  readonly values: readonly string[];
  /** Of its runs. */
  readonly seed: number;
  readonly hash: string;
  readonly kept: boolean;
  /** Values of the targets' metrics, in the order of the targets; null: infinite, or nothing was observed. */
  readonly targets: readonly (number | null)[];
  readonly month: number | null;
  readonly fingerprint: string;
}

/** How likely a design keeps its needs, where inputs are not known well. */
export interface Uncertainty {
  readonly format: typeof uncertaintyFormat;
  readonly version: string;
  readonly scenario: Sweep['scenario'];
  readonly seed: number;
  /** Of each draw. */
  readonly runs: number;
  readonly inputs: readonly UncertainField[];
  readonly asked: 'needs' | 'keeps-up';
  /** All needs; or that the design keeps up, where there are none. */
  readonly kept: Probability;
  readonly targets: readonly UncertainTarget[];
  /** $ a month; absent where nothing has a price. */
  readonly month?: Outcome;
  readonly method: 'tornado' | 'morris';
  /** By metric: the need that is the least likely to be kept first. */
  readonly influence: readonly Influence[];
  readonly draws: readonly Draw[];
}

const orNone = z.number().nullable();
export const probabilityShape = z.object({
  count: z.number(),
  of: z.number(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
});
const outcome = z.object({
  metric: z.string(),
  unit: z.enum(dimensions),
  p5: orNone,
  p50: orNone,
  p95: orNone,
  mid: orNone,
});

/** The shape of a saved document, as far as a reader would stumble without it. */
export const uncertaintySchema = z.object({
  format: z.literal(uncertaintyFormat),
  version: z.string(),
  scenario: z.object({ name: z.string(), file: z.string(), hash: z.string(), text: z.string() }),
  seed: z.number(),
  runs: z.number(),
  inputs: z.array(z.object({ path: z.string(), low: z.string(), mid: z.string(), high: z.string() })),
  asked: z.enum(['needs', 'keeps-up']),
  kept: probabilityShape,
  targets: z.array(
    outcome.extend({
      target: z.string(),
      level: z.enum(['fail', 'warn']),
      operator: z.enum(['<', '<=', '>', '>=']),
      limit: z.number(),
      kept: probabilityShape,
    }),
  ),
  month: outcome.optional(),
  method: z.enum(['tornado', 'morris']),
  influence: z.array(
    z.object({
      metric: z.string(),
      unit: z.enum(dimensions),
      mid: orNone,
      bars: z.array(z.object({ path: z.string(), low: orNone, high: orNone, swing: orNone })).optional(),
      effects: z.array(z.object({ path: z.string(), muStar: orNone, mu: orNone, sigma: orNone })).optional(),
    }),
  ),
  draws: z.array(
    z.object({
      values: z.array(z.string()),
      seed: z.number(),
      hash: z.string(),
      kept: z.boolean(),
      targets: z.array(orNone),
      month: orNone,
      fingerprint: z.string(),
    }),
  ),
});
