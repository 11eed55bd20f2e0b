import { describe, expect, it } from 'vitest';
import type { Assembly } from '../../../src/models/assemble.ts';
import type { ConsumerTally } from '../../../src/models/consumers/model.ts';
import { problemsOf, runOf } from '../harness.ts';

interface Setting {
  readonly rate?: number;
  readonly partitions?: number;
  readonly data?: string;
  readonly failover?: string;
  readonly fault?: string;
  readonly cluster?: string;
}

/** Published and consumed in us; eu is near, has copies of all, and can go on for us. */
const scenario = ({
  rate = 20,
  partitions = 2,
  data = 'kept',
  failover = 'failover: { to: eu, after: 30s, checkpoints: 60s }',
  fault = `{ fault: region-outage, region: us, at: 5m, for: 5m, data: ${data} }`,
  cluster = '',
}: Setting = {}) => `
run: { duration: 15m, warmUp: 0s }
regions: { us: {}, eu: {} }
origins: { o: { location: nowhere } }
network: { preset: none, jitter: 0%, links: [ { between: [us, eu], roundTrip: 80ms } ] }
routing: { policy: failover, order: [us, eu], health: { interval: 5s, failures: 3 }, dns: { ttl: 5s } }
workloads: { w: { arrivals: { rate: ${rate}/s, process: deterministic }, from: { o: 100% }, client: { timeout: 2s }, call: a.go } }
services:
  a: { regions: [us], startup: 5s, operations: { go: [ publish: t ] } }
  reader: { instances: 2, startup: 5s, operations: { take: [ work: 1ms ] } }
clusters: { c: { brokers: 3, mirror: all, ${cluster} } }
topics: { t: { cluster: c, partitions: ${partitions}, replicationFactor: 3 } }
consumers: { readers: { topic: t, call: reader.take, ${failover} } }
faults: { f: ${fault} }
`;

const count = (run: Assembly, meter: string) => run.readings().get(meter)?.num ?? Number.NaN;
const tallyOf = (run: Assembly) => run.records()['consumers.readers'] as ConsumerTally;
const eu = 'consumers.readers.in.eu.from.us';

describe('a consumer that fails over to another region', () => {
  it('goes on from the last checkpoint: what was done since then is done again', () => {
    const run = runOf(scenario());
    expect(count(run, `${eu}.takeovers`)).toBe(1);
    // A checkpoint is up to 60 s old, evenly; with it all records copied until then can be translated but for the last of
    // each partition. What is copied is behind what is published by the mirror's lag, far less than a second.
    const again = count(run, `${eu}.duplicates`);
    expect(again).toBeGreaterThanOrEqual(0);
    expect(again).toBeLessThanOrEqual(20 * 60 + 2);
    // Nothing is lost, and everything is done at least once.
    const { consumed, readable, lost, gone, lagging } = tallyOf(run);
    expect(lost + gone).toBe(0);
    expect(readable - consumed).toBe(lagging);
    expect(lagging).toBeLessThan(20);
  });

  it.each([10, 60])('does as much again as is published in the age of its checkpoint, each %i s', (every) => {
    const agesOf = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
      const yaml = scenario({ failover: `failover: { to: eu, after: 30s, checkpoints: ${every}s }` });
      const run = runOf(yaml.replace('at: 5m', `at: ${240 + 7.3 * seed}s`), seed);
      return count(run, `${eu}.duplicates`) / 20;
    });
    // Ages are even over the interval: of eight the mean lies within four times its deviation, interval/√(12·8).
    const mean = agesOf.reduce((sum, age) => sum + age, 0) / agesOf.length;
    expect(Math.abs(mean - every / 2)).toBeLessThan((4 * every) / Math.sqrt(96) + 2);
    expect(Math.max(...agesOf)).toBeLessThanOrEqual(every + 2);
  });

  it('does for the first time what its region had not come to, and what is published there until that is healthy', () => {
    const run = runOf(scenario());
    const firsts = count(run, `${eu}.consumed`);
    // Three checks, 5 s apart, and their uneven beginnings; then the next look of whoever took over: within 5 s.
    expect(firsts).toBeGreaterThan(20 * 10);
    expect(firsts).toBeLessThan(20 * (3 * 5 + 5 + 5));
  });

  it('hands back when the region is healthy, whose members do nothing again that was not done here for the first time', () => {
    const run = runOf(scenario());
    expect(count(run, 'consumers.readers.in.us.duplicates')).toBe(count(run, `${eu}.consumed`));
  });

  it('without failover leaves the records of a lost region to wait for it', () => {
    const run = runOf(scenario({ failover: '' }));
    expect(count(run, 'consumers.readers.takeovers')).toBe(0);
    expect(count(run, 'consumers.readers.duplicates')).toBe(0);
  });

  it('goes on with what comes after the loss of the link of its callers only, which both regions then do', () => {
    // The checkers do not reach us, though it works, publishes and is copied.
    const fault = '{ fault: instance-crash, service: a, region: us, share: 100%, at: 5m, for: 5m }';
    const run = runOf(scenario({ fault }));
    expect(count(run, `${eu}.takeovers`)).toBeLessThanOrEqual(1);
    const { consumed, readable, lagging } = tallyOf(run);
    expect(readable - consumed).toBe(lagging);
  });
});

describe('records that are in no other region when a region’s disks are lost', () => {
  it('are lost: as many as are published in the time that copying is behind, and that is the recovery point', () => {
    const run = runOf(scenario({ rate: 1000, partitions: 1, data: 'destroyed' }));
    // A record waits for the fetch before it to come back, half of a round trip on the mean: between 0 and 80 ms.
    const lost = count(run, 'faults.f.lostWrites');
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThanOrEqual(1000 * 0.08 + 10);
    const rpo = run.readings().get('faults.f.rpo')?.num as number;
    expect(rpo).toBeLessThanOrEqual(0.08 + 0.01);
    // Records leave a producer in batches of 5 ms: the first and the last of them may be cut.
    expect(Math.abs(rpo - lost / 1000)).toBeLessThan(2 * 0.006);
    expect(tallyOf(run).gone).toBeLessThanOrEqual(lost);
  });

  it('are none where the disks are kept', () => {
    const run = runOf(scenario({ rate: 1000 }));
    expect(count(run, 'faults.f.lostWrites')).toBe(0);
  });
});

describe('refused is failover', () => {
  it.each([
    ['failover: { to: eu }, mirrored: eu', '', 'who reads what all regions publish has nothing to go on for'],
    ['failover: { to: eu }', 'regions: [us],', 'nobody would go on in eu'],
  ])('as %s, %s', (failover, cluster, message) => {
    const yaml = scenario({ failover, cluster }).replace(cluster === '' ? '~' : 'mirror: all,', '');
    expect(problemsOf(yaml).join()).toContain(message);
  });
});
