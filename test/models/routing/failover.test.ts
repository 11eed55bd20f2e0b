import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import { designOf, expectExact, problemsOf, readingOf, runOf, simulate } from '../harness.ts';

/** Everybody is sent to `a` until it is lost after a minute, then to `b`; no distance. */
const lost = (routing: string, workload: string, more = '') => `
run: { duration: 7m, warmUp: 0s }
regions: { a: {}, b: {}, c: {} }
origins: { o: { location: nowhere } }
network: { preset: none }
routing: { policy: failover, order: [a, b], ${routing} }
workloads: { w: { from: { o: 100% }, call: s.x, ${workload} } }
services: { s: { operations: { x: [ work: 1ms ] } } }
faults: { f: { fault: region-outage, region: a, at: 1m } }
${more}`;

/** Where all is over three minutes after the loss. */
const brief = (yaml: string) => yaml.replace('duration: 7m', 'duration: 4m');

const meterOf = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;

/**
 * Of twelve checkers at random phases the tenth must have failed three times: its first failed check is the tenth of
 * twelve uniform instants of an interval (mean 10/13), the third one two intervals later, known 4 s after it was sent.
 */
const detection = 2 * 10 + 4 + 10 * (10 / 13);
const idle = 'arrivals: { rate: 1/h }, client: { timeout: 1s }';

describe('health checks', () => {
  test('find a lost region by the tenth of twelve uncoordinated checkers', () => {
    const runs = simulate(brief(lost('dns: {}', idle)), { runs: 200 });
    const times = runs.meanOf((assembly) => readingOf(assembly, 'routing.detectTime'));
    expectExact(times, detection, 0.012);
  });

  test('find it by two of three where more than a third must be healthy, after one failure', () => {
    const health =
      'health: { checkers: 3, healthyShare: 34%, failures: 1, interval: 30s, timeout: 1s }, dns: {}';
    const runs = simulate(brief(lost(health, idle)), { runs: 200 });
    const times = runs.meanOf((assembly) => readingOf(assembly, 'routing.detectTime'));
    // The second of three uniform instants lies in the middle of the interval.
    expectExact(times, 15 + 1, 0.12);
  });

  test('do not find a region unhealthy that 3 of 12 checkers reach, and do when 2 do', () => {
    const reached = (places: number) => {
      const froms = Array.from({ length: 12 }, (_, at) => (at < places ? 'o' : 'p')).join(', ');
      const yaml = lost(`dns: {}, health: { from: [${froms}] }`, idle.replace('timeout: 1s', 'timeout: 1s'))
        .replace('o: { location: nowhere }', 'o: { location: nowhere }, p: { location: elsewhere }')
        .replace('fault: region-outage, region: a', 'fault: link-down, from: p, to: a');
      return runOf(yaml).timeline.occurrences.filter(({ what }) => what.startsWith('a is unhealthy')).length;
    };
    expect([reached(3), reached(2)]).toEqual([0, 1]);
  });

  test('of a region that is too far away to answer in time fail', () => {
    const yaml = lost('dns: {}', idle).replace(
      'fault: region-outage, region: a',
      'fault: link-slow, from: o, to: a, added: 1.1s',
    );
    const { occurrences } = runOf(yaml).timeline;
    expect(occurrences.map(({ what }) => what)).toContain('DNS answers no longer give a');
  });

  test('of a region where no instance is ready fail, although it can be reached', () => {
    const yaml = lost('dns: {}', idle).replace(
      'fault: region-outage, region: a',
      'fault: link-slow, from: o, to: c, factor: 1',
    );
    const assembly = new Assembly(designOf(yaml), 1, 0);
    assembly.simulation.agenda().at(60e9, {
      fire: () => assembly.component<ServiceModel>('services.s').fleetIn('a').crash(0),
    });
    assembly.run();
    expect(assembly.timeline.occurrences.map(({ what }) => what)).toContain('DNS answers no longer give a');
  });

  test('are not run where nothing can fail', () => {
    const yaml = lost('', idle).replace(/faults: .*/, '');
    expect(runOf(yaml).simulation.events).toBeLessThan(10);
  });
});

describe('callers of a region that is lost', () => {
  /** Requests to `a` after DNS has stopped giving it, and failures; 1000 resolvers, each asked ten times a second. */
  const rate = 100;
  const loaded = (client = '') =>
    `arrivals: { rate: ${rate}/s, process: deterministic }, client: { timeout: 500ms, ${client} }`;
  // A resolver whose answer has run out is asked after 0.5 / (rate of its questions), on the mean.
  const resolvers = 200;
  const asked = 0.5 * (resolvers / rate);
  const ttl = 60;
  /** Seconds for which an answer is still kept, on the mean over resolvers at any instant. */
  const rest = (ttl * (ttl / 2)) / (ttl + asked);

  test('keep its address for the rest of its TTL, and it is of uniform age', () => {
    const runs = simulate(brief(lost(`dns: { resolvers: ${resolvers} }`, loaded())), { runs: 30 });
    const stale = runs.meanOf((assembly) => meterOf(assembly, 'routing.staleAnswers'));
    expectExact(stale, rate * rest, 0.04);
  });

  test('fail for as long as detection and the rest of the TTL take', () => {
    const runs = simulate(brief(lost(`dns: { resolvers: ${resolvers} }`, loaded())), { runs: 30 });
    const failed = runs.meanOf((assembly) => meterOf(assembly, 'workloads.w.timedOut'));
    expectExact(failed, rate * (detection + rest), 0.03);
  });

  test('fail longer by as much as the news needs to the servers that resolvers ask', () => {
    const dns = `dns: { resolvers: ${resolvers}, propagation: { uniform: { min: 0s, max: 60s } } }`;
    const runs = simulate(brief(lost(dns, loaded())), { runs: 30 });
    const failed = runs.meanOf((assembly) => meterOf(assembly, 'workloads.w.timedOut'));
    // Whose answer runs out before the news gets the old one again: until the first question after it, at any age.
    expectExact(failed, rate * (detection + 30 + rest), 0.04);
  });

  test('keep it for as long as their resolver overstays, a share of them', () => {
    const dns = `dns: { resolvers: ${resolvers}, overstay: { share: 10%, for: 5m } }`;
    const runs = simulate(lost(dns, loaded()), { runs: 30 });
    const stale = runs.meanOf((assembly) => meterOf(assembly, 'routing.staleAnswers'));
    const over = (300 * 150) / (300 + asked);
    expectExact(stale, rate * (0.9 * rest + 0.1 * over), 0.04);
  });

  test('of an anycast address connect elsewhere once routes have changed, whatever DNS does', () => {
    const yaml = lost('', loaded()).replace('policy: failover, order: [a, b],', 'policy: anycast');
    const runs = simulate(brief(yaml), { runs: 30 });
    const failed = runs.meanOf((assembly) => meterOf(assembly, 'workloads.w.timedOut'));
    expectExact(failed, rate * (detection + 30), 0.02);
  });
});

describe('a caller that keeps a connection', () => {
  const share = (client: string, from: string, region: string) => {
    const workload = `arrivals: { rate: 50/s }, client: { timeout: 500ms, callers: 20, ${client} }`;
    return readingOf(
      runOf(lost('dns: { ttl: 10s }', workload).replace('warmUp: 0s', `warmUp: ${from}`)),
      `routing.in.${region}.share`,
    );
  };

  test('asks anew after a failure, and finds the other region', () => {
    expect(share('reresolve: on-error', '4m', 'b')).toBe(1);
  });

  test('and never asks anew stays with the lost region for good', () => {
    expect(share('reresolve: never', '4m', 'a')).toBe(1);
  });

  test('stays where he is after the first region is back, as long as he uses his connection', () => {
    const back = (keepAlive: string) => {
      const workload = `arrivals: { rate: 50/s }, client: { timeout: 500ms, callers: 50, reresolve: on-connect, keepAlive: ${keepAlive} }`;
      const yaml = lost('dns: { ttl: 10s }', workload)
        .replace('at: 1m', 'at: 1m, for: 1m')
        .replace('warmUp: 0s', 'warmUp: 4m');
      return readingOf(runOf(yaml), 'routing.in.b.share');
    };
    expect(back('1m')).toBe(1);
    // Each caller calls once a second on the mean: he soon leaves more than a tenth of it between two calls.
    expect(back('100ms')).toBe(0);
  });

  test('gives up connecting sooner than waiting for an answer, once his connection has proved dead', () => {
    const workload =
      'arrivals: { rate: 50/s }, client: { timeout: 10s, connectTimeout: 1s, callers: 20, reresolve: on-connect }';
    // From 20 s after the loss on: all that were connected have waited their ten seconds.
    const yaml = lost('', workload).replace('warmUp: 0s', 'warmUp: 80s');
    const { failures } = runOf(yaml).records()['workloads.w'] as WorkloadRecord;
    expect(Object.keys(failures)).toEqual(['unreachable']);
  });

  test('needs two round trips more for his first call', () => {
    const yaml = lost('', 'arrivals: { rate: 10/s }, client: { timeout: 5s, callers: 1, keepAlive: 1m }')
      .replace(/faults: .*/, '')
      .replace(
        'network: { preset: none }',
        'network: { jitter: 0%, links: [ { between: [o, a], roundTrip: 100ms }, { between: [o, b], roundTrip: 100ms }, { between: [o, c], roundTrip: 100ms } ] }',
      );
    const { hist, max } = runOf(yaml).readings().get('workloads.w.answeredLatency') ?? {};
    expect([hist?.min, max]).toEqual([expect.closeTo(0.101, 6), expect.closeTo(0.301, 6)]);
  });
});

describe('a retry storm', () => {
  test('is seen: attempts and the share of them that are retries', () => {
    const storm = runOf(
      lost('', 'arrivals: { rate: 50/s }, client: { timeout: 500ms, retries: { max: 3, backoff: none } }'),
    );
    const [attempts, retries, arrivals] = ['attempts', 'retries', 'arrivals'].map((metric) =>
      meterOf(storm, `workloads.w.${metric}`),
    );
    expect(attempts).toBe(arrivals + retries);
    expect(readingOf(storm, 'workloads.w.retryShare')).toBeCloseTo(retries / attempts, 12);
    const { values } = storm.timeline.series.get('workloads.w.retries') as { values: Float64Array };
    // In a bucket of the outage each call is tried three times more.
    const bucket = Math.floor(80 / storm.timeline.bucketSeconds);
    expect(values[bucket] / storm.timeline.bucketSeconds).toBeGreaterThan(120);
  });
});

describe('data that may not leave', () => {
  const bound = (residency: string) =>
    runOf(
      lost(
        'dns: { ttl: 10s }',
        `arrivals: { rate: 20/s }, client: { timeout: 500ms }, residency: ${residency}`,
      ),
    );

  test('is refused rather than sent elsewhere, with the reason', () => {
    const assembly = bound('{ allow: [a] }');
    expect(readingOf(assembly, 'routing.in.b.share')).toBe(0);
    expect(meterOf(assembly, 'services.s.in.b.arrivals')).toBe(0);
    // The run lasts six minutes after the loss; detection and DNS take less than one.
    expect(meterOf(assembly, 'workloads.w.refused')).toBeGreaterThan(20 * 300 * 0.9);
  });

  test('goes to any other region that it may go to', () => {
    const assembly = bound('{ forbid: [c] }');
    expect(meterOf(assembly, 'workloads.w.refused')).toBe(0);
    expect(readingOf(assembly, 'routing.in.b.share')).toBeGreaterThan(0.5);
  });
});

describe('refused is', () => {
  test.each([
    ['a failover without anybody to fail over to', 'order: [a]', 'nobody to fail over to'],
    ['a failover to the same region', 'order: [a, b, a]', 'a is in the list already'],
    ['a checker nowhere', 'order: [a, b], health: { from: [q] }', 'called "q"'],
  ])('%s', (_title, routing, message) => {
    const yaml = lost('', idle).replace('order: [a, b],', `${routing},`);
    expect(problemsOf(yaml).join()).toContain(message);
  });

  test.each([
    ['{ allow: [a], forbid: [b] }', 'not clear where the data may be'],
    ['{}', 'not clear where the data may be'],
    ['{ forbid: [a, b, c] }', 's stands in no region that the data may go to'],
    ['{ allow: [d] }', '"d"'],
  ])('a residency of %s', (residency, message) => {
    expect(problemsOf(lost('', `${idle}, residency: ${residency}`)).join()).toContain(message);
  });

  test('a second choice that is the first', () => {
    const yaml = lost('', idle).replace(
      'policy: failover, order: [a, b],',
      'policy: geo, map: { o: a }, secondary: { o: a }',
    );
    expect(problemsOf(yaml).join()).toContain('a is where o is sent anyway');
  });
});
