import type { MeterFamily, Scope } from '../../metrics/index.ts';
import type { Design } from '../design.ts';
import { definitionsOf, familyOf, type MetersOf, meterSet } from '../meters.ts';
import type { BatchOptions } from './config.ts';
import { batchesOf, groupingsOf } from './uses.ts';

export const batchMeters = meterSet({
  size: {
    kind: 'histogram',
    unit: 'count',
    better: 'neither',
    about: 'Entries of a batch when it is closed.',
  },
  wait: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From an entry’s coming until its batch is closed: full, or its time up.',
  },
  flushWait: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about:
      'From a batch’s being closed until its flush begins: while earlier flushes of the instance are under way.',
  },
  flushTime: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From a flush’s beginning to its end.',
  },
  settleTime: {
    kind: 'histogram',
    unit: 'duration',
    better: 'lower',
    about: 'From an entry’s coming until it is stored: so long a death of its instance may lose it.',
  },
  entries: { kind: 'counter', unit: 'count', better: 'neither', about: 'Entries added.' },
  throughput: { kind: 'rate', unit: 'rate', better: 'higher', about: 'Entries that were stored, a second.' },
  flushes: { kind: 'counter', unit: 'count', better: 'neither', about: 'Batches that were closed.' },
  fullFlushes: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Of these, those that were full.',
  },
  fullRatio: {
    kind: 'share',
    unit: 'ratio',
    better: 'neither',
    about: 'Batches that were closed because they were full.',
  },
  failed: { kind: 'counter', unit: 'count', better: 'lower', about: 'Entries whose flush failed.' },
  lost: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Entries that were in memory only when their instance died, or that were cleared without being written.',
  },
  inDoubt: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about: 'Entries whose flush was under way when their instance died: stored or not, nobody was told.',
  },
  lostRatio: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about: 'Entries lost, of those that were stored, failed, in doubt or lost.',
  },
  inMemory: {
    kind: 'level',
    unit: 'count',
    better: 'lower',
    about: 'Entries in the memory of all instances, those being flushed included.',
  },
  reachableThroughput: {
    kind: 'value',
    unit: 'rate',
    better: 'higher',
    about:
      'Entries a second that full batches would carry, one after the other, on the instances there at the end: at most, since the store would have more to do.',
  },
});

const tickMeters = meterSet({
  tickFlushes: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Batches that were closed by the instance’s timer.',
  },
});

/** Of a list that nothing guards. */
export const unguardedMeters = meterSet({
  cleared: {
    kind: 'counter',
    unit: 'count',
    better: 'lower',
    about:
      'Of the lost entries, those that were added while the list was being written, and cleared with it: no death did that.',
  },
});

const ageMeters = meterSet({
  ageFlushes: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Batches that were closed since their first entry was as old as it may get.',
  },
});

/** The one of its timer. */
export const timerMeters = ({ tick }: Pick<BatchOptions, 'tick'>) =>
  tick === undefined ? ageMeters : tickMeters;

export const groupMeters = meterSet({
  groupSize: { kind: 'histogram', unit: 'count', better: 'neither', about: 'Records of a group.' },
  groups: { kind: 'counter', unit: 'count', better: 'neither', about: 'Groups that were begun.' },
  records: { kind: 'counter', unit: 'count', better: 'neither', about: 'Records of these groups.' },
  writesSaved: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'higher',
    about: 'Runs that grouping saves: 1 − groups / records.',
  },
  failed: { kind: 'counter', unit: 'count', better: 'lower', about: 'Records whose group failed.' },
});

export type BatchMeters = MetersOf<typeof batchMeters>;
export type GroupMeters = MetersOf<typeof groupMeters>;

/** Those of every batch and grouping that has a name; of two with one name, which is refused, the first. */
export function batchScopes(design: Design): Scope[] {
  const scopes = new Map<string, Scope>();
  const add = (name: string | undefined, meters: Scope['meters']) => {
    if (name !== undefined && !scopes.has(name)) scopes.set(name, { path: ['batches', name], meters });
  };
  for (const { options } of batchesOf(design)) {
    add(options.name, [
      ...definitionsOf(batchMeters),
      ...definitionsOf(timerMeters(options)),
      ...(options.locking === 'none' ? definitionsOf(unguardedMeters) : []),
    ]);
  }
  for (const { options } of groupingsOf(design)) add(options.name, definitionsOf(groupMeters));
  return [...scopes.values()];
}

export const batchFamilies: readonly MeterFamily[] = [
  familyOf('batches.<batch>', batchMeters, 'of a `batch` step'),
  familyOf('batches.<batch>', tickMeters, 'of a `batch` step with `tick`'),
  familyOf('batches.<batch>', ageMeters, 'of a `batch` step with `maxAge`'),
  familyOf('batches.<batch>', unguardedMeters, 'of a `batch` step with `locking: none`'),
  familyOf('batches.<group>', groupMeters, 'of a `groupBy` step'),
];
