import { type Reference, reference } from '../../scenario/index.ts';
import { zipf } from '../../sim/distributions/index.ts';
import { formatQuantity, quantity } from '../../units/index.ts';
import { type KeyPopulation, keysSection } from '../contracts/keys.ts';
import type { Design } from '../design.ts';
import { defineFault } from '../fault.ts';
import type { Finding } from '../kind.ts';
import type { WorkloadConfig } from './config.ts';
import type { WorkloadModel } from './model.ts';

const workloadsSection = 'workloads';

interface SurgeOptions {
  readonly workload: Reference;
  readonly key?: Reference;
  readonly share?: number;
  readonly value?: number;
  readonly factor?: number;
}

/** What a population of keys says of itself in the scenario. */
interface KeyEntry {
  readonly count?: number;
  readonly skew?: 'none' | { readonly zipf: number };
}

/** Share of the operations that a key's hottest value has by itself. */
const hottestShare = ({ count = 1, skew }: KeyEntry): number =>
  skew === undefined || skew === 'none' ? 1 / count : zipf(count, skew.zipf).share(0);

export const surge = defineFault<SurgeOptions>({
  fault: 'surge',
  about:
    'More callers than usual, or as many who all want the same: for its time the rate of a workload is multiplied, one value of a key takes a share of its operations, or both. Of sessions, it is about those that begin meanwhile.',
  shape: {
    workload: reference(workloadsSection, 'Whose callers.'),
    key: reference(
      keysSection,
      'The key of which one value takes a share: an instrument in the news.',
    ).optional(),
    share: quantity('ratio', {
      positive: true,
      about: 'Share of the operations that the value has meanwhile; the others keep their proportions.',
    }).optional(),
    value: quantity('count', {
      integer: true,
      about: 'Which value, by its number. Default: the one that is hottest anyway.',
    }).optional(),
    factor: quantity('factor', {
      about: 'By what the rate of arrivals is multiplied. Default: 1.',
    }).optional(),
  },
  lasts: 'may',
  check,
  begin: ({ workload, key, share, value, factor = 1 }, { wiring }) => {
    const model = wiring.find<WorkloadModel>(workloadsSection, workload.name);
    if (key === undefined || share === undefined) return model.surge({ factor });
    const population = wiring.find<KeyPopulation>(keysSection, key.name);
    const hot = { key: population, value: value ?? population.valueAt(0), share };
    return model.surge({ factor, hot });
  },
});

interface HotKeyOptions {
  readonly workload: Reference;
  readonly key: Reference;
  readonly share: number;
  readonly value?: number;
}

export const hotKey = defineFault<HotKeyOptions>({
  fault: 'hot-key',
  about:
    'One value of a key takes a share of a workload’s operations for a while, and with it one shard, partition and cache node: an instrument in the news. As many come as ever; `surge` is for more of them.',
  shape: {
    workload: reference(workloadsSection, 'Whose callers.'),
    key: reference(keysSection, 'The key of which one value takes a share.'),
    share: quantity('ratio', {
      positive: true,
      about: 'Share of the operations that the value has meanwhile; the others keep their proportions.',
    }),
    value: quantity('count', {
      integer: true,
      about: 'Which value, by its number. Default: the one that is hottest anyway.',
    }).optional(),
  },
  lasts: 'may',
  check,
  begin: ({ workload, key, share, value }, { wiring }) => {
    const population = wiring.find<KeyPopulation>(keysSection, key.name);
    const hot = { key: population, value: value ?? population.valueAt(0), share };
    return wiring.find<WorkloadModel>(workloadsSection, workload.name).surge({ factor: 1, hot });
  },
});

function check({ workload, key, share, value, factor }: SurgeOptions, design: Design): Finding[] {
  if (key === undefined) {
    const [stray] = Object.entries({ share, value }).filter(([, option]) => option !== undefined);
    if (stray !== undefined)
      return [{ path: [stray[0]], message: `${stray[0]} is of no key`, expected: 'a key' }];
    if (factor !== undefined) return [];
    return [{ path: [], message: 'nothing surges', expected: 'a factor, or a key and a share' }];
  }
  if (share === undefined) {
    return [{ path: ['key'], message: `no share of ${key.name} is said`, expected: 'a share, such as 30%' }];
  }
  return checkKey(key.name, design.entry<WorkloadConfig>(workloadsSection, workload.name), {
    population: design.entry<KeyEntry>(keysSection, key.name) ?? {},
    share,
    value,
    workload: workload.name,
  });
}

function checkKey(
  key: string,
  config: WorkloadConfig | undefined,
  surging: { population: KeyEntry; share: number; value: number | undefined; workload: string },
): Finding[] {
  const { population, share, value, workload } = surging;
  const carried = config?.keys.map(({ name }) => name) ?? [];
  if (!carried.includes(key)) {
    return [
      {
        path: ['key'],
        message: `operations of ${workload} do not carry ${key}`,
        expected: carried.length === 0 ? 'a workload with keys' : `one of ${carried.join(', ')}`,
      },
    ];
  }
  if (population.count === undefined) {
    return [
      {
        path: ['key'],
        message: `${key} is new each time: none of its values is hot`,
        expected: 'a key with a count',
      },
    ];
  }
  const own = hottestShare(population);
  if (share <= own) {
    const anyway = formatQuantity(own, 'ratio');
    return [
      {
        path: ['share'],
        message: `the hottest ${key} has ${anyway} of the operations anyway`,
        expected: `a share above ${anyway}`,
      },
    ];
  }
  if (value !== undefined && value >= population.count) {
    return [
      {
        path: ['value'],
        message: `there is no ${key} number ${value}`,
        expected: `a number from 0 to ${population.count - 1}`,
      },
    ];
  }
  return [];
}
