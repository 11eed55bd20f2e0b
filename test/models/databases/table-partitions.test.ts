import { describe, expect, it } from 'vitest';
import { expectExact, problemsOf, readingOf, runOf, simulate } from '../harness.ts';

const table = (parts: {
  partitions: string;
  steps: string;
  run?: string;
  rate?: string;
  database?: string;
  replicas?: string;
}) => `
name: partitions
run: { start: 2026-01-14T12:00Z, ${parts.run ?? 'duration: 110s, warmUp: 10s'} }
regions: { here: {}, there: {} }
network: { jitter: 0%, links: [{ between: [here, there], roundTrip: 80ms }] }
workloads: { all: { arrivals: { rate: ${parts.rate ?? '20/s'}, process: deterministic }, call: app.go } }
services: { app: { regions: [here], operations: { go: [ ${parts.steps} ] } } }
databases:
  main:
    primary: here
    replicas: { ${parts.replicas ?? ''} }
    cpu: 8
    read: 1ms
    write: 1ms
    scan: 5ms
    commit: 0ms
    rowSize: 1kB
    ${parts.database ?? ''}
    tablePartitions: { ${parts.partitions} }
`;

const months =
  'by: month, hot: 1 month, warm: 1 month, cold: rest, kept: 2 years, probe: 8us, warmTier: { read: 3ms, write: 4ms }, coldTier: { read: 50ms, write: 170ms }';
const latency = (yaml: string, verb = 'read') => {
  const reading = runOf(yaml).readings().get(`databases.main.${verb}Latency`);
  expect(reading?.hist?.min).toBe(reading?.hist?.max);
  return reading?.hist?.min ?? Number.NaN;
};

describe('a query on a table partitioned by date', () => {
  it.each([
    ['of a row of today looks into one hot partition', 'age: 1h', 1, 1],
    ['of a row of last month unpacks it', 'age: 20d', 1 + 3, 1],
    ['of a row of last year fetches it', 'age: 300d', 1 + 50, 1],
    ['of a row that is no longer kept finds no partition', 'age: 800d', 1, 0],
    ['of a range looks into those that it touches', 'where: { age: 0..20d }', 1 + 0.008, 2],
    [
      'of a range that is open on one side takes all of that side',
      'where: { age: 31d.. }',
      1 + 0.008 * 22 + 22 * 50,
      23,
    ],
    [
      'that does not name the date looks into all 24, and fetches 22',
      'where: none',
      1 + 0.008 * 23 + 22 * 50,
      24,
    ],
    [
      'that wraps the date in a function is no better',
      'where: { age: 0..1d, column: wrapped }',
      1 + 0.008 * 23 + 22 * 50,
      24,
    ],
    [
      'that knows the row’s age and does not say it pays for both',
      'age: 20d, where: none',
      1 + 3 + 0.008 * 23 + 22 * 50,
      24,
    ],
  ])('%s', (_, options, milliseconds, partitions) => {
    const yaml = table({ partitions: months, steps: `read: { from: main, ${options} }` });
    expect(latency(yaml)).toBeCloseTo(milliseconds / 1000, 6);
    expect(readingOf(runOf(yaml), 'databases.main.partitionsScanned')).toBe(partitions);
  });

  it('unpacks every warm partition that a scan touches', () => {
    const steps = 'scan: { from: main, where: { age: 0..20d } }';
    expect(latency(table({ partitions: months, steps }), 'scan')).toBeCloseTo(5e-3 + 8e-6 + 3e-3, 9);
  });

  it('waits for object storage without a core, with its connection', () => {
    const steps = 'read: { from: main, age: 300d }';
    const assembly = runOf(table({ partitions: months, steps, rate: '100/s' }));
    // 100 a second, of 1 ms on one of 8 cores each.
    expect(readingOf(assembly, 'databases.main.primaryUtilization')).toBeCloseTo((100 * 1e-3) / 8, 3);
    const narrow = runOf(table({ partitions: months, steps, rate: '100/s', database: 'maxConnections: 2' }));
    // Two connections, 51 ms each.
    expect(readingOf(narrow, 'databases.main.readThroughput')).toBeCloseTo(2 / 0.051, 0);
  });

  it('writes a new row into the newest partition at no price, an old one at its tier’s', () => {
    const write = (options: string) =>
      latency(table({ partitions: months, steps: `write: { to: main${options} }` }), 'write');
    expect(write('')).toBeCloseTo(1e-3, 9);
    expect(write(', age: 1h')).toBeCloseTo(1e-3, 9);
    expect(write(', age: 20d')).toBeCloseTo(5e-3, 9);
    expect(write(', age: 300d')).toBeCloseTo(171e-3, 9);
  });

  it('meets the tiers as often as the ages of rows say', () => {
    // Noon: the newest partition is half a day old; two more days are hot, four warm.
    const partitions = 'by: day, hot: 3d, warm: 4d, cold: 93d, coldTier: { read: 1ms }';
    const steps = 'read: { from: main, age: { exponential: 3d } }';
    const runs = simulate(table({ partitions, steps, rate: '200/s', run: 'duration: 200s, warmUp: 1s' }));
    const younger = (days: number) => -Math.expm1(-days / 3);
    expectExact(runs.estimate('databases.main.tiers.hot.share'), younger(2.5), 0.02);
    expectExact(runs.estimate('databases.main.tiers.warm.share'), younger(6.5) - younger(2.5), 0.03);
    expectExact(runs.estimate('databases.main.tiers.cold.share'), 1 - younger(6.5), 0.05);
    expectExact(runs.estimate('databases.main.tiers.hot.reads'), 200 * younger(2.5), 0.02);
    expectExact(runs.estimate('databases.main.tiers.cold.requests'), 200 * (1 - younger(6.5)), 0.05);
  });
});

describe('a roll-over', () => {
  /** Ten minutes around midnight; 100 MB a partition. */
  const partitions =
    'by: day, hot: 1d, warm: 1d, cold: 2d, growth: 100k/day, warmTier: { rate: 5MB/s, ratio: 4, read: 3ms }, coldTier: { rate: 4MB/s, read: 50ms }';
  const midnight = (steps: string, more: Partial<Parameters<typeof table>[0]> = {}) =>
    table({ partitions, steps, run: 'duration: 10m, warmUp: 1s', rate: '10/s', ...more }).replace(
      '12:00Z',
      '23:55Z',
    );

  it('makes a partition, drops the oldest, then compresses 100 MB for 20 s and archives for 25 s on one core', () => {
    const assembly = runOf(midnight('read: { from: main, where: none }'));
    const notes = assembly.timeline.occurrences.map(({ at, what }) => [Math.round(at), what]);
    expect(notes).toEqual([
      [300, 'table partition 2026-01-15 is made, 2026-01-11 is dropped'],
      [320, 'table partition 2026-01-14 of shard 0 is warm'],
      [345, 'table partition 2026-01-13 of shard 0 is cold'],
    ]);
    expect(readingOf(assembly, 'databases.main.rollOvers') * 599).toBeCloseTo(1, 6);
    // 45 s of one of 8 cores in 599 s.
    expect(readingOf(assembly, 'databases.main.tieringUtilization')).toBeCloseTo(45 / 599 / 8, 6);
    expect(readingOf(assembly, 'databases.main.tiers.warm.partitions')).toBe(1);
    expect(readingOf(assembly, 'databases.main.partitionsScanned')).toBe(4);
  });

  it('slows queries while it lasts, where cores are few', () => {
    const waits = (growth: string) => {
      const yaml = midnight('read: { from: main, where: { age: 0..0s } }')
        .replace('cpu: 8', 'cpu: 1')
        .replace('growth: 100k/day', `growth: ${growth}`);
      return runOf(yaml).readings().get('databases.main.readLatency');
    };
    const busy = waits('100k/day');
    // At most a slice of 10 ms before it.
    expect(busy?.max).toBeGreaterThan(0.005);
    expect(busy?.max).toBeLessThanOrEqual(0.011 + 1e-9);
    expect(waits('0/day')?.max).toBeCloseTo(1e-3, 9);
  });

  it('puts what it compresses before the writes that replicas have to apply', () => {
    const yaml = midnight('write: main', {
      replicas: 'there: 1',
      database: 'logThroughput: 1MB/s\n    replication: { apply: 0ms }',
    });
    const assembly = runOf(yaml);
    // 5 MB/s are compressed to 1.25 MB/s, of which a replica writes 1: after 20 s it has 5 MB to go, 5 s.
    const lag = assembly.readings().get('databases.main.replicationLag');
    expect(lag?.hist?.min).toBeCloseTo(0.04, 6);
    expect(lag?.max).toBeGreaterThan(4.8);
    expect(lag?.max).toBeLessThan(5.1);
    // The rows themselves, and 25 MB.
    const sent = (assembly.readings().get('network.in.here.sentBytes')?.num ?? 0) / 1e6;
    expect(sent).toBeCloseTo(25 + 5990 / 1000, 0);
  });

  it('takes what was written for the size of a partition where nothing is said of its growth', () => {
    const yaml = midnight('write: main').replace('growth: 100k/day, ', '');
    const [, warm] = runOf(yaml).timeline.occurrences;
    // 10 rows of 1 kB a second make 864 MB a day: 172.8 s at 5 MB/s.
    expect(warm.at).toBeCloseTo(300 + 172.8, 0);
  });

  it('of months comes at their end only', () => {
    const yaml = table({
      partitions: months,
      steps: 'read: { from: main, age: 1h }',
      run: 'duration: 2d, warmUp: 1s',
      rate: '0.01/s',
    });
    expect(readingOf(runOf(yaml), 'databases.main.rollOvers')).toBe(0);
    const assembly = runOf(yaml.replace('01-14T12', '01-30T12'));
    expect(assembly.timeline.occurrences.map(({ what }) => what)[0]).toBe(
      'table partition 2026-02 is made, 2024-02 is dropped',
    );
  });
});

describe('what a table partitioned by date keeps', () => {
  const partitions =
    'by: month, hot: 1 month, warm: 1 month, cold: 10 months, warmTier: { ratio: 4 }, coldTier: { ratio: 5, fetchSize: 1MB }';
  const yaml = table({
    partitions,
    steps: 'write: main, read: { from: main, age: 300d }',
    rate: '10/s',
    replicas: 'here: 1',
  })
    .replace('[ write: main, read:', '[ { write: main }, { read:')
    .replace('age: 300d } ]', 'age: 300d } } ]');
  // 10 rows of 1 kB a second: 26.28 GB a month of 730 hours.
  const month = 26.28;

  it('is told by tier: half of the newest partition, copies of hot and warm ones, one archive', () => {
    const assembly = runOf(yaml);
    const gigabytes = (tier: string) => readingOf(assembly, `databases.main.tiers.${tier}.storage`) / 1e9;
    expect(gigabytes('hot')).toBeCloseTo(month * 0.5 * 2, 1);
    expect(gigabytes('warm')).toBeCloseTo((month * 2) / 4, 1);
    expect(gigabytes('cold')).toBeCloseTo((month * 10) / 5, 1);
  });

  it('is on the bill by tier, with what is fetched from the archive', () => {
    const bill = new Map(
      runOf(yaml)
        .costs.filter(({ component }) => component === 'databases.main')
        .map((row) => [row.item, row]),
    );
    const monthly = (item: string) => bill.get(item)?.month;
    // RDS gp3 $0.115, S3 Standard-IA $0.0125 a GB; $0.01 a GB and $1 a million fetched, 10 a second.
    expect(monthly('database storage (hot)')).toBeCloseTo(month * 0.115, 1);
    expect(monthly('database storage (warm)')).toBeCloseTo((month / 2) * 0.115, 1);
    expect(monthly('S3 Standard-IA storage (cold)')).toBeCloseTo(month * 2 * 0.0125, 2);
    expect(monthly('S3 Standard-IA requests')).toBeCloseTo(10 * 2.628, 1);
    expect(monthly('S3 Standard-IA retrieval')).toBeCloseTo(10 * 2.628 * 1e6 * 1e-3 * 0.01, 0);
    expect(bill.get('S3 Standard-IA storage (cold)')?.confidence).toBe('S');
    expect(bill.has('database storage')).toBe(false);
  });
});

describe('a table partitioned by date is refused', () => {
  const messages = (partitions: string, steps = 'read: main') =>
    problemsOf(table({ partitions, steps })).join('\n');

  it.each([
    ['with tiers that are no whole partitions', 'by: month, hot: 45d, cold: rest', 'are not whole months'],
    [
      'with tiers that do not add up to what is kept',
      'by: day, hot: 7d, warm: 7d, kept: 30d',
      'the tiers add up to 14 d, rows are kept for 30 d',
    ],
    [
      'with nothing left for the rest',
      'by: day, hot: 7d, warm: 7d, cold: rest, kept: 14d',
      'nothing is left for cold',
    ],
    ['with two rests', 'by: day, hot: 7d, warm: rest, cold: rest', 'warm and cold cannot both be the rest'],
    ['without a hot partition', 'by: day, hot: 0d, warm: 7d', 'no partition is hot'],
    ['with partitions of a week', 'by: week, hot: 7d', 'found "week"'],
  ])('%s', (_, partitions, message) => {
    expect(messages(partitions)).toContain(message);
  });

  it.each([
    [
      'with ages the wrong way round',
      'read: { from: main, where: { age: 7d..1d } }',
      'the younger age comes first',
    ],
    [
      'with an age that is no range',
      'scan: { from: main, where: { age: 7d } }',
      '7d is not a range of ages: write 0..7d',
    ],
    ['with an age without a unit', 'scan: { from: main, where: { age: 1..7 } }', 'has no unit'],
    [
      'with a date of a row that is new',
      'write: { to: main, where: { age: 0..7d } }',
      'a write says where, and not how old the row is',
    ],
  ])('%s', (_, steps, message) => {
    expect(messages('by: day, hot: 7d', steps)).toContain(message);
  });

  it('is not what a database has whose steps speak of dates', () => {
    const plain = table({ partitions: 'by: day, hot: 7d', steps: 'read: { from: main, age: 3d }' }).replace(
      / {4}tablePartitions.*\n/,
      '',
    );
    expect(problemsOf(plain)).toEqual(['a read says age of a row, and main is not partitioned by date']);
  });
});
