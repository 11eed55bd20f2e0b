import { type Distribution, lognormal } from '../../../sim/distributions/index.ts';
import type { Assumption } from '../../kind.ts';
import { type ColdStore, type TablePartitionsConfig, tierLengths } from './config.ts';

/** All that a table partitioned by date needs to know, with nothing left open. Seconds, bytes, bytes a second. */
export interface PartitionSettings {
  readonly probe: number;
  readonly warm: {
    readonly read: number;
    readonly write: number;
    readonly ratio: number;
    readonly rate: number;
  };
  readonly cold: {
    readonly read: Distribution;
    readonly write: Distribution;
    readonly fetchSize: number;
    readonly ratio: number;
    readonly rate: number;
    readonly store: ColdStore;
  };
}

const fetch =
  'small GETs of S3 have medians of tens of milliseconds (AWS, performance design patterns for S3)';

const defaults = {
  kept: { about: 'age at which a partition is dropped', text: '2 years', source: 'assumed' },
  probe: {
    about: 'core time for each further partition that a query looks into',
    value: 8e-6,
    text: '8 µs',
    source:
      'look-ups by an index in 1 to 120 partitions, planned each time: 30 µs + 8 µs a partition (PostgreSQL 15.18, measured)',
  },
  warmRead: {
    about: 'core time to unpack a warm row',
    value: 0.5e-3,
    text: '0.5 ms',
    source: 'assumed: a batch of a thousand rows is unpacked for one, as TimescaleDB packs them',
  },
  warmWrite: {
    about: 'core time to change a warm row',
    value: 1e-3,
    text: '1 ms',
    source: 'assumed: unpacked and packed again',
  },
  ratio: {
    about: 'compression of warm and cold rows',
    value: 4,
    text: 'to a quarter',
    source:
      'assumed; makers of column stores for PostgreSQL speak of a tenth (TimescaleDB: by more than 90%)',
  },
  warmRate: { about: 'compression, a core', value: 100e6, text: '100 MB/s', source: 'assumed' },
  coldRate: { about: 'archiving, a core', value: 50e6, text: '50 MB/s', source: 'assumed' },
  coldRead: {
    about: 'a fetch from object storage',
    value: lognormal(50e-3, 1),
    text: 'lognormal, mean 50 ms, cv 1',
    source: `${fetch}; cv assumed`,
  },
  coldWrite: {
    about: 'a change of a cold row',
    value: lognormal(150e-3, 1),
    text: 'lognormal, mean 150 ms, cv 1',
    source: 'assumed: a fetch, and a PUT of twice that',
  },
  fetchSize: { about: 'bytes of a fetch', value: 2 ** 20, text: '1 MiB', source: 'assumed' },
  store: {
    about: 'where cold partitions are kept',
    value: 'standard-ia' as ColdStore,
    text: 'S3 Standard-IA',
    source: 'assumed',
  },
};

export function partitionSettingsOf({ probe, warmTier, coldTier }: TablePartitionsConfig): PartitionSettings {
  return {
    probe: probe ?? defaults.probe.value,
    warm: {
      read: warmTier?.read ?? defaults.warmRead.value,
      write: warmTier?.write ?? defaults.warmWrite.value,
      ratio: warmTier?.ratio ?? defaults.ratio.value,
      rate: warmTier?.rate ?? defaults.warmRate.value,
    },
    cold: {
      read: coldTier?.read ?? defaults.coldRead.value,
      write: coldTier?.write ?? defaults.coldWrite.value,
      fetchSize: coldTier?.fetchSize ?? defaults.fetchSize.value,
      ratio: coldTier?.ratio ?? defaults.ratio.value,
      rate: coldTier?.rate ?? defaults.coldRate.value,
      store: coldTier?.store ?? defaults.store.value,
    },
  };
}

/** What the scenario leaves open, with what Headroom takes in its place. */
export function partitionAssumptions(name: string, config: TablePartitionsConfig): Assumption[] {
  const { kept, probe, warmTier: warm, coldTier: cold } = config;
  const lengths = tierLengths(config);
  const hasRest = [config.hot, config.warm, config.cold].includes('rest');
  const open: [boolean, { about: string; text: string; source: string }][] = [
    [kept === undefined && hasRest, defaults.kept],
    [probe === undefined, defaults.probe],
    [lengths.warm > 0 && warm?.read === undefined, defaults.warmRead],
    [lengths.warm > 0 && warm?.rate === undefined, defaults.warmRate],
    [lengths.warm + lengths.cold > 0 && (warm ?? cold)?.ratio === undefined, defaults.ratio],
    [lengths.cold > 0 && cold?.read === undefined, defaults.coldRead],
    [lengths.cold > 0 && cold?.rate === undefined, defaults.coldRate],
    [lengths.cold > 0 && cold?.fetchSize === undefined, defaults.fetchSize],
    [lengths.cold > 0 && cold?.store === undefined, defaults.store],
  ];
  return open.flatMap(([isOpen, { about, text, source }]) =>
    isOpen ? [{ about: `databases.${name}: ${about}`, value: text, source }] : [],
  );
}
