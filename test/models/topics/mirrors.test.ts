import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { LogReader, PartitionLog, ReadableRecord } from '../../../src/models/contracts/topic.ts';
import type { TopicModel, TopicTally } from '../../../src/models/topics/model.ts';
import { designOf, expectExact, problemsOf, readingOf, runOf, scenarioOf, simulate } from '../harness.ts';

interface Setting {
  readonly run?: string;
  readonly arrivals?: string;
  readonly cluster?: string;
  readonly topic?: string;
  readonly faults?: string;
}

/** Publishes in `us` alone, unless said otherwise: 40 ms away from eu, with no way to anything near. */
const atlantic = ({
  run = 'duration: 60s',
  cluster = '',
  topic = '',
  arrivals = 'rate: 10/s, process: deterministic',
  faults = '{}',
}: Setting = {}) => `
name: atlantic
run: { warmUp: 5s, ${run} }
regions: { us: {}, eu: {} }
network: { preset: none, jitter: 0%, links: [ { between: [us, eu], roundTrip: 80ms } ] }
workloads: { w: { arrivals: { ${arrivals} }, call: a.go } }
services: { a: { regions: [us], operations: { go: [ publish: t ] } } }
clusters: { c: { brokers: 3, append: 100us, bandwidth: 1GB/s, mirror: all, ${cluster} } }
topics: { t: { cluster: c, recordSize: 1000 B, ${topic} } }
faults: ${faults}
`;

const far = 40e-3;
const append = 101e-6;
const linger = 5e-3;

describe('a record can be read in another region', () => {
  test('after the way there, a linger, and what a publish takes until the high watermark passes', () => {
    // Every 100 ms: the fetch has come back long before.
    const run = runOf(atlantic());
    const replicated = append;
    const lag = far + linger + append + replicated;
    expect(readingOf(run, 'topics.t.mirrorLag')).toBeCloseTo(lag, 9);
    expect(run.readings().get('topics.t.in.eu.from.us.mirrorLag')?.max).toBeCloseTo(lag, 9);
  });

  test.each([5, 40])('later by what the fetch before it is still away, at %i a second', (rate) => {
    const yaml = atlantic({
      run: 'duration: 200s,',
      arrivals: `rate: ${rate}/s, process: poisson`,
      topic: 'replicationFactor: 1, producer: { linger: 0s, acks: 1 },',
    });
    const many = simulate(yaml.replace('append: 100us, ', 'append: 1us, '), { runs: 12 });
    // A round trip R ends with what came during it, which waits half of it on the mean, and begins the next at once; or
    // nothing came, with probability exp(−rate · R), and the fetch waits for the next record, which does not wait.
    const trip = 2 * far;
    const away = (rate * trip) / (rate * trip + Math.exp(-rate * trip));
    const exact = (trip / 2) * away + far + linger + 1e-6;
    const { low, high, ...mean } = many.estimate('topics.t.mirrorLag.mean');
    // A record of a batch takes a microsecond more to be appended, and a batch has seldom more than ten.
    expectExact({ ...mean, low: (low as number) - 1e-5, high: high as number }, exact);
  });
});

/** Reads all and keeps it. */
class Everything implements LogReader {
  readonly seen = new Map<PartitionLog, ReadableRecord[]>();

  advanced(log: PartitionLog, records: number): void {
    const seen = this.seen.get(log) ?? [];
    for (let offset = log.end - records; offset < log.end; offset += 1) seen.push(log.at(offset));
    this.seen.set(log, seen);
  }
}

const three = (faults = '') => `
name: three
run: { duration: 200s, warmUp: 0s }
regions: { us: us-east-1, eu: eu-west-1, ap: ap-southeast-1 }
origins: { US: us-east-2, EU: eu-central-1, AP: ap-northeast-1 }
keys: { account: { count: 200 } }
workloads:
  w: { arrivals: { rate: 300/s }, from: { US: 50%, EU: 30%, AP: 20% }, keys: [account], call: a.go }
services: { a: { instances: 2, operations: { go: [ publish: t ] } } }
clusters: { c: { brokers: 4, mirror: all } }
topics: { t: { cluster: c, key: account, partitions: 6, minInsyncReplicas: 2 } }
faults:
  ${faults}
  quiet: { fault: surge, workload: w, factor: 0.000000001, at: 100s }
`;

function readAll(yaml: string) {
  const assembly = new Assembly(designOf(yaml), 1, 0);
  const topic = assembly.component<TopicModel>('topics.t');
  const readers = topic.regions.map((region) => {
    const [own, all] = [new Everything(), new Everything()];
    region.subscribe(own);
    region.subscribe(all, true);
    return { region, own, all };
  });
  assembly.run();
  return { assembly, readers, tally: assembly.records()['topics.t'] as TopicTally };
}

describe('who asks for mirrored records', () => {
  test('reads in any region what all have published, once, in its partition and in its order', () => {
    const { readers, tally } = readAll(three());
    const own = new Map(readers.map(({ region, own: reader }) => [region.region, reader]));
    for (const { region, all } of readers) {
      const count = [...all.seen.values()].reduce((sum, { length }) => sum + length, 0);
      expect(count).toBe(tally.published);
      for (const mirror of region.mirrors) {
        const source = readers.find((each) => each.region.region === mirror.source)?.region;
        mirror.logs.forEach((log, partition) => {
          const copies = (all.seen.get(log) ?? []).map(({ keys }) => keys[0]);
          const there = source?.logs[partition] as PartitionLog;
          const originals = (own.get(mirror.source)?.seen.get(there) ?? []).map(({ keys }) => keys[0]);
          expect(copies).toEqual(originals);
          expect(log.index).toBe(6 * (1 + region.mirrors.indexOf(mirror)) + partition);
        });
      }
    }
  });

  test('and who does not reads what is published there', () => {
    const { readers } = readAll(three());
    for (const { region, own } of readers)
      expect([...own.seen.keys()].every((log) => region.logs.includes(log as never))).toBe(true);
  });

  test('gets everything though leaders die on both sides, some of it twice', () => {
    const { readers, tally } = readAll(
      three(`
  here: { fault: broker-crash, cluster: c, region: us, broker: 1, at: 20s, for: 30s }
  there: { fault: broker-crash, cluster: c, region: eu, broker: 2, at: 40s, for: 30s }`),
    );
    expect(tally.readable).toBe(tally.published);
    for (const { from, copied, readable } of tally.mirrors ?? []) {
      const source = readers.find(({ region }) => region.region === from)?.region;
      expect(copied).toBe(source?.logs.reduce((sum, { end }) => sum + end, 0));
      // A copy whose answer was lost is sent again by a producer that is not idempotent.
      expect(readable).toBeGreaterThanOrEqual(copied);
      expect(readable).toBeLessThan(copied * 1.01);
    }
  });
});

describe('copies cost', () => {
  test('bytes between regions, as many as are published, for each region that they go to', () => {
    const { assembly, tally } = readAll(three());
    const sent = ['us', 'eu', 'ap'].reduce(
      (sum, region) => sum + (assembly.readings().get(`network.in.${region}.sentBytes`)?.num as number),
      0,
    );
    expect(sent).toBe(2 * tally.published * 1024);
  });

  test('disks where they lie', () => {
    const stored = (mirror: string) =>
      runOf(atlantic().replace('mirror: all,', mirror))
        .costs.filter(({ component }) => component === 'topics.t')
        .map(({ region, quantity }) => [region, quantity] as const);
    const [[, alone]] = stored('');
    const both = new Map(stored('mirror: all,'));
    expect(both.get('us')).toBe(alone);
    expect(Math.abs((both.get('eu') as number) / alone - 1)).toBeLessThan(0.01);
  });
});

test('regions of a list copy to each other, and others do not', () => {
  const yaml = three()
    .replace('mirror: all', 'mirror: [us, ap]')
    .replace('200s', '20s')
    .replace('100s', '10s');
  const { tally } = readAll(yaml);
  expect(tally.mirrors?.map(({ from, to }) => [from, to])).toEqual([
    ['ap', 'us'],
    ['us', 'ap'],
  ]);
});

test('a topic that is not to be mirrored is not', () => {
  const yaml = atlantic({ topic: 'mirrored: false,' });
  expect(runOf(yaml).readings().has('topics.t.mirrorLag')).toBe(false);
});

test('targets can name what is measured of copies, and a run measures that', () => {
  const yaml = atlantic();
  const named = scenarioOf(yaml)
    .catalog.all()
    .map(({ meter }) => meter)
    .filter((id) => id.startsWith('topics.'));
  expect(named).toContain('topics.t.in.eu.from.us.mirrorLag');
  expect([...new Set(named)].sort()).toEqual(
    [...runOf(yaml).readings().keys()].filter((id) => id.startsWith('topics.')).sort(),
  );
});

describe('refused is', () => {
  test('a mirror of one region', () => {
    const yaml = atlantic({ cluster: 'regions: [us],' });
    expect(problemsOf(yaml)).toEqual(['c stands in one region: there is nobody to copy to']);
  });

  test('a mirror in a region without brokers', () => {
    const yaml = three().replace('mirror: all', 'regions: [us, eu], mirror: [us, ap]');
    expect(problemsOf(yaml)).toContain('c has no brokers in ap');
  });
});
