import { describe, expect, test } from 'vitest';
import { catchUpTime, failoverTime } from '../../../src/models/algorithms/recovery/failover-time.ts';
import type { Assembly } from '../../../src/models/assemble.ts';
import type { FaultRecord } from '../../../src/models/faults/model.ts';
import type { Phase } from '../../../src/models/milestones.ts';
import { failingOver, primaryDies } from '../databases/failover/scenario.ts';
import { expectExact, readingOf, runOf, scenarioOf, simulate } from '../harness.ts';

const recordOf = (assembly: Assembly, fault = 'f') => assembly.records()[`faults.${fault}`] as FaultRecord;
const phaseOf = (assembly: Assembly, name: Phase, fault = 'f') => {
  const found = recordOf(assembly, fault).phases.find((phase) => phase.name === name);
  if (found === undefined) throw new Error(`no phase ${name}`);
  return found;
};

/** Everybody is sent to `a` until it is lost after two minutes, then to `b`; no distance. */
const lost = (routing = '', workload = 'arrivals: { rate: 100/s, process: deterministic }', region = 'a') => `
run: { duration: 8m, warmUp: 0s }
regions: { a: {}, b: {} }
origins: { o: { location: nowhere } }
network: { preset: none }
routing: { policy: failover, order: [a, b], ${routing} }
workloads: { w: { from: { o: 100% }, call: s.x, ${workload}, client: { timeout: 500ms } } }
services: { s: { operations: { x: [ work: 1ms ] } } }
faults: { f: { fault: region-outage, region: ${region}, at: 2m, settle: 1m } }
`;

/** As the tenth of twelve checkers at random phases finds a region unhealthy: see test/models/routing/failover.test.ts. */
const detection = 2 * 10 + 4 + 10 * (10 / 13);

describe('the recovery time where callers are sent elsewhere by DNS', () => {
  const resolvers = 200;
  const ttl = 60;
  const decided = lost(`health: { decision: 90s }, dns: { resolvers: ${resolvers} }`);
  const runs = simulate(decided, { runs: 20 });

  test('is detection, decision and the rest of the TTL: its phases say so, and follow each other', () => {
    for (const assembly of runs.assemblies) {
      const [detect, decide, dns] = (['detect', 'decide', 'dns'] as const).map((name) =>
        phaseOf(assembly, name),
      );
      expect(detect.at).toBe(120);
      expect(decide.at).toBe(detect.until);
      expect(dns.at).toBe(decide.until);
      // Of the requests in a window of 10 s, of a thousand, r²/1200 are stale when r seconds of the TTL are left at its
      // beginning, since ages are uniform: it is good from r = 3.5 s on, ± 0.5 s for the chance of 200 resolvers. So the
      // recovery ends at most 4 s before the TTL does, and at most the rest of a window after it.
      const sum = detect.seconds + decide.seconds + ttl;
      const rto = readingOf(assembly, 'faults.f.rto');
      expect(rto).toBeGreaterThan(sum - 4);
      expect(rto).toBeLessThan(sum + 10 - 3);
    }
  });

  test('of which detection takes what the checkers need', () => {
    expectExact(
      runs.meanOf((assembly) => readingOf(assembly, 'faults.f.detect')),
      detection,
      0.05,
    );
  });

  test('the decision what it takes', () => {
    for (const assembly of runs.assemblies) expect(readingOf(assembly, 'faults.f.decide')).toBeCloseTo(90, 9);
  });

  test('and DNS until the last of the resolvers asks anew: the oldest of so many uniform ages', () => {
    expectExact(
      runs.meanOf((assembly) => readingOf(assembly, 'faults.f.dns')),
      (ttl * resolvers) / (resolvers + 1),
      0.01,
    );
  });

  test('loses what comes meanwhile: detection, decision and half the TTL', () => {
    const failed = runs.meanOf((assembly) => assembly.readings().get('workloads.w.timedOut')?.num ?? 0);
    // As test/models/routing/failover.test.ts has it: a resolver is asked 0.5 × 200 / 100 s late on the mean.
    const rest = (ttl * (ttl / 2)) / (ttl + 0.5 * (resolvers / 100));
    expectExact(failed, 100 * (detection + 90 + rest), 0.03);
  });
});

describe('DNS', () => {
  test('is done although some resolvers overstay their TTL', () => {
    const dns = phaseOf(runOf(lost('dns: { overstay: { share: 10%, for: 30m } }')), 'dns');
    expect(dns.seconds).toBeGreaterThan(50);
    expect(dns.seconds).toBeLessThanOrEqual(60);
  });

  test('takes longer by as much as the news needs to the servers that resolvers ask', () => {
    const dns = phaseOf(runOf(lost('dns: { propagation: { uniform: { min: 20s, max: 40s } } }')), 'dns');
    // Who asks just before the news is there keeps the old answer for another TTL.
    expect(dns.seconds).toBeGreaterThan(90);
    expect(dns.seconds).toBeLessThanOrEqual(100);
  });

  test('is no phase where addresses are anycast: routes are', () => {
    const yaml = lost().replace('policy: failover, order: [a, b],', 'policy: anycast, convergence: 25s');
    expect(phaseOf(runOf(yaml), 'routes').seconds).toBeCloseTo(25, 9);
    expect(scenarioOf(yaml).catalog.get('faults.f.dns')).toBeUndefined();
  });

  test('that is under a minute can be a target', () => {
    const yaml = `${lost()}targets: [faults.f.dns < 1m, "faults.*.detect < 45s"]`;
    expect(scenarioOf(yaml).targets.map(({ resolved }) => resolved.length)).toEqual([1, 1]);
  });
});

describe('a primary that dies', () => {
  test('is found dead, and another one promoted, in the time that the closed form says', () => {
    const { mean } = failoverTime({ interval: 10, failures: 3, promote: 30 });
    const runs = simulate(failingOver({ faults: primaryDies, rate: '5/s' }), { runs: 40 });
    expectExact(
      runs.meanOf((assembly) => {
        expect(readingOf(assembly, 'faults.f.promote')).toBeCloseTo(30, 6);
        expect(readingOf(assembly, 'faults.f.decide')).toBe(0);
        return readingOf(assembly, 'faults.f.detect') + readingOf(assembly, 'faults.f.promote');
      }),
      mean,
      0.05,
    );
  });

  test('is followed by another only once people have decided so, where they are asked', () => {
    const yaml = failingOver({
      faults: primaryDies,
      failover: 'failover: { decision: 47s, promote: 5s }',
      rate: '5/s',
    });
    const assembly = runOf(yaml);
    const [detect, decide, promote] = (['detect', 'decide', 'promote'] as const).map((name) =>
      phaseOf(assembly, name),
    );
    expect(decide.seconds).toBeCloseTo(47, 9);
    expect([decide.at, promote.at]).toEqual([detect.until, decide.until]);
    const promoted = assembly.timeline.occurrences.find(({ what }) => what.includes('is primary'));
    expect(promoted?.at).toBeCloseTo(promote.until, 9);
  });

  test('of many shards is told with the last of them', () => {
    const yaml = failingOver({
      faults: primaryDies,
      database: 'shards: 20, shardBy: { key: id, function: murmur3 },'
        .replace(/, /g, '\n    ')
        .replace(/,$/, ''),
    }).replace('shardBy: { key: id\n    function: murmur3 }', 'shardBy: { key: id, function: murmur3 }');
    const assembly = runOf(yaml);
    const detect = phaseOf(assembly, 'detect');
    const judged = assembly.timeline.occurrences.filter(({ sort }) => sort === 'judged');
    expect(judged).toHaveLength(20);
    expect(detect.parts).toBe(20);
    expect(detect.until).toBeCloseTo(Math.max(...judged.map(({ at }) => at)), 9);
    const last = judged.find(({ at }) => Math.abs(at - detect.until) < 1e-6);
    expect(last?.what).toContain(`${detect.last.part} is judged dead`);
  });

  test('without anybody who could take over leaves the decision open', () => {
    const yaml = failingOver({
      faults: `${primaryDies}, n: { fault: replica-crash, database: d, region: near, at: 50s }, m: { fault: replica-crash, database: d, region: far, at: 50s }`,
    });
    expect(phaseOf(runOf(yaml), 'decide')).toMatchObject({ isOpen: true });
    expect(runOf(yaml).readings().get('faults.f.decide')).toMatchObject({ censored: true });
  });
});

describe('a copy that comes back', () => {
  test('catches up in what it lacks over the rate that is left: the phase says how long', () => {
    // A hundred writes a second, of which the replica applies at most two hundred; it lacks a minute of them.
    const yaml = failingOver({
      faults: 'f: { fault: replica-crash, database: d, region: near, at: 60s, for: 60s, settle: 10s }',
      duration: '8m',
      failover: '',
    }).replace('apply: 0ms', 'apply: 5ms');
    const runs = simulate(yaml, { runs: 12 });
    // In step is who is less than a second behind: a hundred writes fewer.
    const exact = catchUpTime(6000 - 100, 100, 200);
    // It is looked once a second: half of one more on the mean.
    expectExact(
      runs.meanOf((assembly) => readingOf(assembly, 'faults.f.catchUp') - 0.5),
      exact,
      0.05,
    );
    for (const assembly of runs.assemblies)
      expect(phaseOf(assembly, 'catchUp')).toMatchObject({ at: 120, after: 'end' });
  });
});

describe('what has piled up', () => {
  /** A server that does 100/s: a minute at 200/s leaves 6000 waiting, which 50/s leave 50 a second to work off. */
  const queue = (more = '') => `
run: { duration: 10m, warmUp: 0s }
workloads: { w: { arrivals: { rate: 50/s, process: deterministic }, client: { timeout: 1s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [work: 10ms] } } }
faults: { f: { fault: surge, workload: w, factor: 4, at: 2m, for: 1m, settle: 10s } }
${more}`;

  test('drains from when it was most until no more waits than before', () => {
    const drain = phaseOf(runOf(queue()), 'drain');
    expect(Math.abs(drain.at - 180)).toBeLessThanOrEqual(1);
    expect(Math.abs(drain.seconds - 6000 / 50)).toBeLessThanOrEqual(2);
    expect(drain.last).toEqual({ component: 'services.desk.in.region' });
  });

  test('is waited for where a target is about that, and not known where none is', () => {
    const short = queue('targets: []')
      .replace('duration: 10m', 'duration: 181s')
      .replace('client: { timeout: 1s }', 'client: { timeout: 5m }');
    expect(runOf(short).readings().get('faults.f.drain')).toMatchObject({ censored: true });
    const asked = short.replace('targets: []', 'targets: [faults.f.drain < 5m]');
    expect(runOf(asked).readings().get('faults.f.drain')?.censored).toBeUndefined();
  });
});

describe('a cache that is lost', () => {
  test('is warm when two of a hundred find nothing: entries that are all asked for alike come back one by one', () => {
    const yaml = `
run: { duration: 10m, warmUp: 0s, begin: steady }
keys: { id: { count: 2000 } }
workloads: { w: { arrivals: { rate: 100/s }, keys: [id], client: { timeout: 1s }, call: s.x } }
services: { s: { operations: { x: [ get: { from: c, miss: [ wait: 1ms ] } ] } } }
caches: { c: { key: id, entries: 2000 } }
faults: { f: { fault: cache-crash, cache: c, at: 3m, settle: 10s } }
targets: [faults.f.warmUp < 5m]
`;
    const runs = simulate(yaml, { runs: 8 });
    for (const assembly of runs.assemblies) {
      const warm = phaseOf(assembly, 'warmUp');
      expect(warm.at).toBe(180);
      // Of 2000 keys at 100/s a share of exp(−t/20 s) has not been asked for; within two points and one standard error
      // (1% of cases at least: 0.3 points of a thousand) from −20 ln 0.023 on. A share is of the ten seconds before.
      expect(warm.seconds).toBeGreaterThan(-20 * Math.log(0.023) - 6);
      expect(warm.seconds).toBeLessThan(-20 * Math.log(0.02) + 12);
    }
  });
});
