import { Chosen, type Path } from '../../scenario/index.ts';
import type { Design } from '../design.ts';
import type { StepConfig } from '../step.ts';
import { allVerbs } from '../steps.ts';
import type { BatchOptions, GroupByOptions } from './config.ts';

/** A step of the design, and where it stands. */
export interface PlacedStep {
  readonly step: StepConfig;
  /** From the top of the file to its options. */
  readonly path: Path;
  readonly service: string;
  /** `service.operation` */
  readonly operation: string;
  /** Verbs of the steps that it stands inside of, the outermost first. */
  readonly inside: readonly string[];
}

export interface Placed<Options> extends PlacedStep {
  readonly options: Options;
}

type Steps = readonly StepConfig[] | { readonly steps: readonly StepConfig[] };

/** Every step of every operation, those inside others included. */
export function* placedSteps(design: Design): Generator<PlacedStep> {
  const services = design.entries<{ operations: Readonly<Record<string, Steps>> }>('services');
  for (const [service, { operations }] of services) {
    for (const [name, config] of Object.entries(operations)) {
      const path = ['services', service, 'operations', name];
      const [steps, at] = 'steps' in config ? [config.steps, [...path, 'steps']] : [config, path];
      yield* stepsOf(steps, at, { service, operation: `${service}.${name}`, inside: [] });
    }
  }
}

function* stepsOf(
  list: readonly StepConfig[],
  path: Path,
  where: Pick<PlacedStep, 'service' | 'operation' | 'inside'>,
): Generator<PlacedStep> {
  for (const [at, step] of list.entries()) {
    const below: Path = [...path, at, step.verb];
    yield { ...where, step, path: below };
    for (const child of allVerbs().get(step.verb)?.children?.(step.options) ?? []) {
      const inside = [...where.inside, step.verb];
      yield* stepsOf(child, [...below, ...(wayTo(child, step.options) ?? [])], { ...where, inside });
    }
  }
}

/** Where a list stands inside of a step's options. */
function wayTo(list: unknown, options: unknown): Path | undefined {
  if (options === list) return [];
  if (typeof options !== 'object' || options === null || options instanceof Chosen) return undefined;
  for (const [key, value] of Object.entries(options)) {
    const way = wayTo(list, value);
    if (way !== undefined) return [Array.isArray(options) ? Number(key) : key, ...way];
  }
  return undefined;
}

const isVerb =
  <Options>(verb: string) =>
  (placed: PlacedStep): Placed<Options>[] =>
    placed.step.verb === verb ? [{ ...placed, options: placed.step.options as Options }] : [];

export const batchesOf = (design: Design): Placed<BatchOptions>[] =>
  [...placedSteps(design)].flatMap(isVerb<BatchOptions>('batch'));

export const groupingsOf = (design: Design): Placed<GroupByOptions>[] =>
  [...placedSteps(design)].flatMap(isVerb<GroupByOptions>('groupBy'));
