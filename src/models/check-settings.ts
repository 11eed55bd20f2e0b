import { z } from 'zod';
import type { Catalog, CatalogEntry } from '../metrics/index.ts';
import { type LocatedNode, nearestWord, type Problem, problemIn } from '../scenario/index.ts';
import { parseQuantity, quantity } from '../units/index.ts';
import type { Target } from './parse.ts';
import { type RunSettings, warmUpOf } from './run-settings.ts';

const gate = z.union([
  z.string().transform((metric): GateSetting => ({ metric })),
  z.strictObject({
    metric: z.string().describe('A metric’s id; `*` stands for any one part.'),
    tolerance: quantity('ratio', {
      min: 0,
      about: 'Worse by up to this share of the baseline’s value passes. Default: check.tolerance.',
    }).optional(),
    floor: z
      .union([z.string(), z.number()])
      .optional()
      .describe(
        'Worse by up to this much passes, whatever share that is; in the metric’s unit: 1ms, 10, 0.1%.',
      ),
  }),
]);

/** How CI holds a scenario against its baseline. */
export const checkSettingsSchema = z
  .strictObject({
    duration: quantity('duration', {
      positive: true,
      about: 'Simulated time of a run, warm-up included. Default: run.duration.',
    }).optional(),
    warmUp: quantity('duration', { about: 'Default: run.warmUp.' }).optional(),
    runs: quantity('count', {
      min: 20,
      integer: true,
      default: 20,
      about: 'Independent runs, 20 or more: with fewer nobody can tell a change from chance.',
    }),
    metrics: z
      .array(gate)
      .default([])
      .describe('Metrics that must not get worse, beside those that the targets name.'),
    tolerance: quantity('ratio', {
      min: 0,
      default: '2%',
      about: 'Worse by up to this share of the baseline’s value passes; money is exact.',
    }),
  })
  .describe(
    'How `headroom check` holds the scenario against its baseline in reports/baselines: shorter runs, and on what.',
  );

export interface GateSetting {
  readonly metric: string;
  readonly tolerance?: number;
  readonly floor?: string | number;
}

export interface CheckSettings {
  readonly duration?: number;
  readonly warmUp?: number;
  readonly runs: number;
  readonly metrics: readonly GateSetting[];
  readonly tolerance: number;
}

/** A metric that must not get worse. */
export interface Gate {
  readonly entry: CatalogEntry;
  /** Share of the baseline's value; absent: the scenario's own, or none of money. */
  readonly relative?: number;
  /** In the metric's unit; absent: what nobody would call a change. */
  readonly floor?: number;
}

/** Every gate once: those listed, with their tolerances, then what the targets name. The later of two lines wins. */
export function gatesOf(
  settings: CheckSettings,
  targets: readonly Target[],
  catalog: Catalog | undefined,
  document: LocatedNode,
): { gates: Gate[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const gates = new Map<string, Gate>();
  for (const [index, { metric, tolerance, floor }] of settings.metrics.entries()) {
    const problem = (key: string, code: string, message: string, hint?: string) =>
      problems.push(
        problemIn(document, ['check', 'metrics', index, key], {
          code,
          message,
          ...(hint === undefined ? {} : { hint }),
        }),
      );
    if (catalog === undefined) continue;
    const entries = catalog.matching(metric);
    if (entries.length === 0) {
      const near = nearestWord(metric, catalog.ids);
      problem('metric', 'check', `no metric is called ${metric}`, near && `did you mean ${near}?`);
    }
    for (const entry of entries) {
      const limit = floor === undefined ? undefined : parseQuantity(floor, entry.unit);
      if (limit !== undefined && 'problem' in limit) {
        problem('floor', 'check', `${entry.id} is a ${entry.unit}: ${limit.problem}`, limit.hint);
        break;
      }
      gates.set(entry.id, {
        entry,
        ...(tolerance === undefined ? {} : { relative: tolerance }),
        ...(limit === undefined ? {} : { floor: limit.value }),
      });
    }
  }
  for (const { entry } of targets.flatMap(({ resolved }) => resolved))
    if (!gates.has(entry.id)) gates.set(entry.id, { entry });
  return { gates: [...gates.values()], problems };
}

/** What `--set` must change for the shorter runs of a check: `run.duration=10m`. */
export function checkSets(check: CheckSettings): string[] {
  return [
    ...(check.duration === undefined ? [] : [`run.duration=${check.duration}s`]),
    ...(check.warmUp === undefined ? [] : [`run.warmUp=${check.warmUp}s`]),
  ];
}

/** The shorter runs must leave something to measure, too. */
export function checkCheckRun(check: CheckSettings, run: RunSettings, document: LocatedNode): Problem[] {
  const duration = check.duration ?? run.duration;
  const warmUp = check.warmUp ?? (run.warmUp === undefined ? duration / 10 : warmUpOf(run));
  if (warmUp < duration) return [];
  return [
    problemIn(document, ['check', check.warmUp === undefined ? 'duration' : 'warmUp'], {
      code: 'warm-up-too-long',
      message: 'the warm-up leaves nothing to measure in a check',
      expected: 'a check.warmUp of less than check.duration',
    }),
  ];
}
