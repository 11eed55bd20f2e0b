import { z } from 'zod';
import type { Better, Estimator } from '../metrics/index.ts';
import { type Dimension, dimensions } from '../units/index.ts';

export const baselineFormat = 'headroom.baseline/1';

/** A gated metric as it was accepted. */
export interface BaselineMetric {
  readonly value: number | null | typeof infinite;
  readonly unit: Dimension;
  readonly better: Better;
  readonly kind: Estimator;
  /**
   * Each run's own value, in order: of a percentile the run's own, beside that of all runs together in `value`; so no
   * histogram is needed. null of a run that saw nothing; `∞` of an infinite one.
   */
  readonly runs: readonly (number | null | typeof infinite)[];
}

export const infinite = '∞';

/** What a scenario's metrics were when somebody last accepted them. */
export interface Baseline {
  readonly format: typeof baselineFormat;
  readonly version: string;
  readonly scenario: { readonly name: string; readonly file: string; readonly hash: string };
  readonly seed: number;
  readonly runs: number;
  /** Simulated seconds of a run, and how many of them are warm-up. */
  readonly duration: number;
  readonly warmUp: number;
  readonly fingerprint: string;
  readonly metrics: Readonly<Record<string, BaselineMetric>>;
}

const orNone = z.number().nullable();
const schema = z.object({
  format: z.literal(baselineFormat),
  version: z.string(),
  scenario: z.object({ name: z.string(), file: z.string(), hash: z.string() }),
  seed: z.number(),
  runs: z.number(),
  duration: z.number(),
  warmUp: z.number(),
  fingerprint: z.string(),
  metrics: z.record(
    z.string(),
    z.object({
      value: z.union([orNone, z.literal(infinite)]),
      unit: z.enum(dimensions),
      better: z.enum(['lower', 'higher', 'neither']),
      kind: z.enum(['mean', 'ratio', 'share', 'quantile', 'max', 'count', 'duration', 'exact']),
      runs: z.array(z.union([orNone, z.literal(infinite)])),
    }),
  ),
});

/** A baseline as text: a line a metric, so that a reviewer sees what moved. */
export function writeBaseline({ metrics, ...rest }: Baseline): string {
  const head = Object.entries(rest).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  const lines = Object.entries(metrics).map(
    ([id, metric]) => `    ${JSON.stringify(id)}: ${JSON.stringify(metric)}`,
  );
  const body = lines.length === 0 ? '  "metrics": {}' : `  "metrics": {\n${lines.join(',\n')}\n  }`;
  return `{\n${[...head, body].join(',\n')}\n}\n`;
}

/** Reads a baseline back; what is none says what is wrong with it. */
export function readBaseline(text: string): Baseline | { readonly problem: string } {
  const expected = `expected a document of the format ${baselineFormat}, as headroom baseline update writes it`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: `not JSON (a conflict of two branches, perhaps); ${expected}` };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return value as Baseline;
  const [issue] = parsed.error.issues;
  return {
    problem: `${issue.path.join('/')}: ${issue.message.replace(/^Invalid input: /, '')}; ${expected}`,
  };
}
