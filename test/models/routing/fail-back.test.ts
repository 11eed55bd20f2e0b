import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/models/faults/model.ts';
import { parseScenario } from '../../../src/models/parse.ts';
import { timeUntilIdle } from '../../../src/models/workloads/coming-back.ts';
import { runOf, scenarioOf, simulate } from '../harness.ts';

/** Callers of `a`, which is lost from 60 s to 120 s; one checker, ten times a second; no distance. */
const fled = (client: string, more: { routing?: string; duration?: string; rate?: string } = {}) => `
run: { duration: ${more.duration ?? '10m'}, warmUp: 0s }
regions: { a: {}, b: {} }
origins: { o: { location: nowhere }, p: { location: nowhere } }
network: { preset: none }
routing:
  policy: geo
  map: { o: a, p: b }
  health: { checkers: 1, interval: 100ms, failures: 1, successes: 1, timeout: 100ms }
  ${more.routing ?? 'dns: { ttl: 1s }'}
workloads:
  w:
    arrivals: { rate: ${more.rate ?? '100/s'} }
    from: { o: 50%, p: 50% }
    client: { timeout: 500ms, ${client} }
    call: s.x
services: { s: { startup: 1ms, operations: { x: [ work: 1ms ] } } }
faults: { f: { fault: region-outage, region: a, at: 60s, for: 60s } }
`;

const returnOf = (yaml: string) => {
  const assembly = runOf(yaml);
  const record = assembly.component<Fault>('faults.f').record();
  const reading = assembly.readings().get('faults.f.workload.w.from.o.returned');
  return {
    assembly,
    away: record.away,
    phase: record.phases.find(({ name }) => name === 'failBack'),
    ramp: record.phases.find(({ name }) => name === 'ramp'),
    returned: reading === undefined || reading.n === 0 ? undefined : reading.num,
    notes: assembly.timeline.occurrences.map(({ what }) => what),
  };
};

describe('callers of a region that is back', () => {
  test('stay where they fled to if they ask for the address after failures only, though all of it is given back', () => {
    const { away, notes, phase, ramp, returned } = returnOf(fled('reresolve: on-error, callers: 100'));
    expect(returned).toBe(0);
    expect(ramp?.isOpen).toBeUndefined();
    expect(phase?.isOpen).toBe(true);
    const why = 'they ask for the address again only after a failure';
    expect(away).toEqual([{ workload: 'w', origin: 'o', home: 'a', returned: 0, to: 'b', why }]);
    expect(notes.at(-1)).toBe(`recovery of a: 100% of w from o still go to b: ${why}`);
  });

  test('come back once their connections have reached the age at which they ask again', () => {
    const { away, phase, returned } = returnOf(
      fled('reresolve: on-error, connectionLifetime: 2m, callers: 100'),
    );
    expect(returned).toBeGreaterThanOrEqual(0.99);
    expect(away).toBeUndefined();
    expect(phase?.isOpen).toBeUndefined();
    // They fled within half a minute of 60 s (each calls once a second), so that they ask from 180 s on, a minute after its return.
    expect(phase?.seconds).toBeGreaterThan(55);
    expect(phase?.seconds).toBeLessThan(100);
  });

  test('are back within seconds if they ask each time', () => {
    const { notes, phase, returned } = returnOf(fled('retries: { max: 0 }'));
    expect(returned).toBe(1);
    // Ten seconds are looked at, and an answer is a second old at most.
    expect(phase?.seconds).toBeLessThan(13);
    expect(notes).toContain('recovery of a: its callers are back');
  });

  test('are not back while their region is given half of its traffic', () => {
    const routing = 'dns: { ttl: 1s }\n  recovery: { start: 50%, step: 10%, every: 1h, when: healthy }';
    const { away, phase, returned } = returnOf(fled('retries: { max: 0 }', { routing }));
    expect(phase?.isOpen).toBe(true);
    expect(away?.[0]).toMatchObject({ origin: 'o', to: 'b', why: 'resolvers still answer so' });
    // 500 requests of half a share, within four standard deviations; they share 200 resolvers' answers at 1 s each.
    expect(Math.abs((returned as number) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 500));
  });

  test('who hear of it late are those whose resolvers overstay', () => {
    const routing = 'dns: { ttl: 1s, overstay: { share: 20%, for: 1h }, resolvers: 1000 }';
    const { away, phase } = returnOf(fled('retries: { max: 0 }', { routing, duration: '65m' }));
    expect(phase?.isOpen).toBeUndefined();
    expect(away).toBeUndefined();
    // Nobody's answer of old was asked for during the minute of the outage but by those whose hour was over: one in sixty.
    const late = returnOf(fled('retries: { max: 0 }', { routing, duration: '4m' }));
    expect(late.returned).toBeGreaterThan(1 - 0.2 / 20);
  });

  test('who leave connections idle for long enough send as many requests to the other region first as gaps are short', () => {
    const [callers, rate, keepAlive] = [400, 0.1, 20];
    // Where all call from o, with λk = 2; from when it is back to the end.
    const yaml = fled(`keepAlive: ${keepAlive}s, reresolve: on-connect, callers: ${callers}`, {
      rate: `${rate * callers}/s`,
      routing: 'dns: { ttl: 1ms }',
      duration: '20m',
    })
      .replace('from: { o: 50%, p: 50% }', 'from: { o: 100% }')
      .replace('warmUp: 0s', 'warmUp: 121s');
    const runs = simulate(yaml, { runs: 20 });
    const away = runs.meanOf((assembly) => assembly.readings().get('routing.in.b.share')?.num ?? 0);
    // His next call comes within k with P(Γ(2) < λk), the gap he is in being a long one; after it e^(λk) − 1 more, on the mean.
    const closed = Math.exp(-rate * keepAlive);
    const each = (1 - closed * (1 + rate * keepAlive)) / closed;
    // A second of the way is over when it is looked at, in which each calls 0.1 times; the mean has an error of 1.2%.
    expect(Math.abs(away.value - callers * each) / (callers * each)).toBeLessThan(0.06);
  });

  test('come back after every outage unless they cannot learn of it', () => {
    const clients = fc.record({
      reresolve: fc.constantFrom('on-connect', 'on-error'),
      lifetime: fc.constantFrom(undefined, 30, 120),
      keepAlive: fc.constantFrom(1, 60),
      routing: fc.constantFrom('dns: { ttl: 1s }', 'dns: { ttl: 30s }'),
      until: fc.integer({ min: 10, max: 90 }),
    });
    fc.assert(
      fc.property(clients, ({ reresolve, lifetime, keepAlive, routing, until }) => {
        const age = lifetime === undefined ? '' : `connectionLifetime: ${lifetime}s, `;
        const yaml = fled(`keepAlive: ${keepAlive}s, reresolve: ${reresolve}, ${age}callers: 50`, {
          rate: '20/s',
          routing,
        }).replace('for: 60s', `for: ${until}s`);
        const { phase, returned } = returnOf(yaml);
        if (phase === undefined) return;
        // Calls come every 2.5 s: nobody's connection is idle for a minute.
        const learns = lifetime !== undefined || (reresolve === 'on-connect' && keepAlive === 1);
        expect((returned as number) >= 0.99).toBe(learns);
      }),
      { numRuns: 25, seed: 4 },
    );
  });
});

describe('validation', () => {
  const warnings = (client: string, rate?: string) =>
    parseScenario('test.yaml', () => fled(client, { rate })).problems.map(
      ({ severity, message, line }) => [severity, message.split(':')[0], line] as const,
    );

  test('warns of callers who never hear that their region is back', () => {
    expect(warnings('reresolve: on-error')).toMatchObject([
      ['warning', expect.stringContaining('does not come back'), 15],
    ]);
    expect(warnings('reresolve: on-error, connectionLifetime: 10m')).toEqual([]);
    expect(warnings('reresolve: on-connect', '10/s')).toEqual([]);
  });

  test('warns of callers who call so often that they hear of it late', () => {
    expect(timeUntilIdle(0.1, 60)).toBeCloseTo((Math.exp(6) - 1) / 0.1, 9);
    expect(warnings('reresolve: on-connect', '1000/s')).toMatchObject([
      ['warning', expect.stringContaining('comes back late'), 15],
    ]);
    expect(warnings('reresolve: on-connect, connectionLifetime: 10m', '1000/s')).toEqual([]);
  });

  test('refuses a lifetime of connections of those who never ask again', () => {
    expect(warnings('reresolve: never, connectionLifetime: 1m')).toMatchObject([
      ['error', expect.any(String), 15],
    ]);
  });

  test('says nothing where there is nowhere to flee to', () => {
    const alone = fled('reresolve: on-error').replace('b: {}', '').replace('p: b', 'p: a');
    expect(scenarioOf(alone)).toBeDefined();
    expect(parseScenario('test.yaml', () => alone).problems).toEqual([]);
  });
});
