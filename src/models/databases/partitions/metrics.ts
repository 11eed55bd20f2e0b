import type { Scope } from '../../../metrics/index.ts';
import { definitionsOf, meterSet } from '../../meters.ts';
import { type TablePartitionsConfig, type TierName, tierLengths, tierNames } from './config.ts';

/** Of a database whose table is partitioned by date. */
export const partitionMeters = meterSet({
  partitionsScanned: {
    kind: 'histogram',
    unit: 'count',
    better: 'lower',
    about: 'Table partitions that a query looks into on one shard, after pruning by date.',
  },
  rollOvers: {
    kind: 'counter',
    unit: 'count',
    better: 'neither',
    about: 'Times that a new table partition was begun, and the oldest dropped.',
  },
  tieringUtilization: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'lower',
    about:
      'Core time of primaries that compresses and archives table partitions, over their core time there.',
  },
});

export const tierMeters = meterSet({
  reads: {
    kind: 'rate',
    unit: 'rate',
    better: 'neither',
    about: 'Queries that look into table partitions of this tier, a second, each shard’s part counted.',
  },
  share: {
    kind: 'ratio',
    unit: 'ratio',
    better: 'neither',
    about: 'Queries that look into table partitions of this tier, over all queries.',
  },
  partitions: {
    kind: 'value',
    unit: 'count',
    better: 'neither',
    about: 'Table partitions in this tier when the window is over, on the mean over shards.',
  },
  storage: {
    kind: 'value',
    unit: 'size',
    better: 'lower',
    about: 'Bytes kept in this tier on the mean over a partition’s time, all copies together.',
  },
});

export const coldMeters = meterSet({
  requests: {
    kind: 'rate',
    unit: 'rate',
    better: 'lower',
    about: 'Requests to object storage, a second.',
  },
});

/** The tiers that a table has. */
export function tiersOf(config: TablePartitionsConfig): TierName[] {
  const lengths = tierLengths(config);
  return tierNames.filter((tier) => lengths[tier] > 0);
}

export function tierScopes(path: readonly string[], config: TablePartitionsConfig): Scope[] {
  return tiersOf(config).map((tier) => ({
    path: [...path, 'tiers', tier],
    meters: definitionsOf({ ...tierMeters, ...(tier === 'cold' ? coldMeters : {}) }),
  }));
}
