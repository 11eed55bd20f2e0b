import type { Reference } from '../../scenario/index.ts';
import type { Design } from '../design.ts';
import { designedOperations } from '../key-reach.ts';
import type { StepConfig } from '../step.ts';
import { walkSteps } from '../steps.ts';
import { type DatabaseConfig, replicaCount } from './config.ts';
import type { DateOptions } from './partitions/config.ts';
import type { AnswerPoint } from './replica-answers.ts';

/** The options that the verbs of this kind have in common. */
export interface StoreStepOptions {
  readonly from?: Reference;
  readonly to?: Reference;
  readonly key?: Reference;
  readonly row?: Reference;
}

/** What a write waits for after its own commit, as the author has it. */
export interface WaitForOptions {
  readonly replicas: number;
  readonly until: AnswerPoint;
  /** Seconds. */
  readonly deadline?: number;
  readonly else: 'fail' | 'go-on';
}

export interface WriteOptions extends StoreStepOptions, DateOptions {
  /** Topic to which an event goes that is committed with the write. */
  readonly outbox?: Reference;
  readonly waitFor?: WaitForOptions;
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

/** What of a database is used at all: nobody need hear what a scan is taken to cost where nothing scans. */
export interface Uses {
  readonly reads: boolean;
  readonly writes: boolean;
  readonly scans: boolean;
  readonly replicas: boolean;
  /** Whether some write waits for replicas. */
  readonly waits: boolean;
  /** Topics that writes leave events for. */
  readonly outboxes: ReadonlySet<string>;
}

export function usesOf(name: string, config: DatabaseConfig, design: Design): Uses {
  const steps = stepsOn(name, design);
  const verbs = new Set(steps.map(({ verb }) => verb));
  return {
    reads: verbs.has('read'),
    writes: verbs.has('write'),
    scans: verbs.has('scan'),
    replicas: replicaCount(config) > 0,
    outboxes: new Set(steps.flatMap(({ options }) => (options as WriteOptions).outbox?.name ?? [])),
    waits:
      (config.replication.mode !== 'async' && verbs.has('write')) ||
      steps.some(({ options }) => (options as WriteOptions).waitFor !== undefined),
  };
}

/** Whether every step that is about rows of a key is placed by that key, so that each row lives in one shard. */
export const rowsArePlacedBy = (row: string, name: string, config: DatabaseConfig, design: Design): boolean =>
  stepsOn(name, design).every((step) => {
    const options = optionsOn(name, step);
    const key = (options?.key ?? config.shardBy?.key)?.name;
    return (options?.row?.name ?? key) !== row || key === row;
  });
