import type { Reference } from '../../scenario/index.ts';
import type { Design } from '../design.ts';
import { designedOperations } from '../key-reach.ts';
import type { StepConfig } from '../step.ts';
import { walkSteps } from '../steps.ts';
import type { DatabaseConfig } from './config.ts';

/** The options that the verbs of this kind have in common. */
export interface StoreStepOptions {
  readonly from?: Reference;
  readonly to?: Reference;
  readonly key?: Reference;
  readonly row?: Reference;
}

const verbs = ['read', 'write', 'scan'];

/** A step's options where it is a read, write or scan of this database. */
export function optionsOn(name: string, { verb, options }: StepConfig): StoreStepOptions | undefined {
  if (!verbs.includes(verb)) return undefined;
  const { from, to } = options as StoreStepOptions;
  return (from ?? to)?.name === name ? options : undefined;
}

/** Every step of the design's services that reads, writes or scans this database. */
export const stepsOn = (name: string, design: Design): StepConfig[] =>
  designedOperations(design)
    .flatMap(({ steps }) => [...walkSteps(steps)])
    .flatMap(({ step }) => (optionsOn(name, step) === undefined ? [] : [step]));

/** Whether every step that is about rows of a key is placed by that key, so that each row lives in one shard. */
export const rowsArePlacedBy = (row: string, name: string, config: DatabaseConfig, design: Design): boolean =>
  stepsOn(name, design).every((step) => {
    const options = optionsOn(name, step);
    const key = (options?.key ?? config.shardBy?.key)?.name;
    return (options?.row?.name ?? key) !== row || key === row;
  });
