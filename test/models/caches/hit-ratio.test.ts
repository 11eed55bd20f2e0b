import { describe, expect, it } from 'vitest';
import { chesApproximation } from '../../../src/models/algorithms/caching/che.ts';
import { zipf } from '../../../src/sim/distributions/index.ts';
import { expectExact, readingOf, runOf, simulate } from '../harness.ts';

const accounts = 2000;
const law = zipf(accounts, 0.9);

/** Rate of each account, in order of rank, where all are read `rate` times a second. */
const ratesAt = (rate: number) =>
  Float64Array.from({ length: accounts }, (_, rank) => rate * law.share(rank));

/** One region; the times of the cache and of the load are too short to matter. */
const readsOf = (cache: string, run: string) => `
name: Reads
run: { ${run} }
keys: { account: { count: ${accounts}, skew: { zipf: 0.9 } } }
workloads: { reads: { arrivals: { rate: 200/s }, keys: [account], call: web.show } }
services: { web: { operations: { show: [get: { from: accounts, miss: [wait: 1us] }] } } }
caches: { accounts: { key: account, serviceTime: { get: 1us, put: 1us }, ${cache} } }
`;
const hitRatio = 'caches.accounts.hitRatio';

/**
 * A key is in with probability λτ / (1 + λτ) where τ makes these add up to the entries (Fricker, Robert, Roberts, "A
 * versatile and accurate approximation for LRU cache performance", ITC 24, 2012, section on random replacement).
 */
function randomEvictionHitRatio(rates: Float64Array, entries: number): number {
  const held = (time: number) => rates.reduce((sum, rate) => sum + (rate * time) / (1 + rate * time), 0);
  let low = 0;
  let high = 1e6;
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (held(middle) < entries) low = middle;
    else high = middle;
  }
  const hits = rates.reduce((sum, rate) => sum + (rate * rate * low) / (1 + rate * low), 0);
  return hits / rates.reduce((sum, rate) => sum + rate, 0);
}

describe('the hit ratio is an outcome', () => {
  it.each([
    ['entries: 200', 200, Number.POSITIVE_INFINITY],
    ['entries: 200, ttl: 5s', 200, 5],
    ['entries: 2k, ttl: 10s', 2000, 10],
    ['policy: ttl, ttl: 10s', Number.POSITIVE_INFINITY, 10],
  ])('of { %s } it is what Che’s approximation says', (cache, entries, ttl) => {
    const { hitRatio: exact } = chesApproximation(ratesAt(200), entries, ttl);
    const runs = simulate(readsOf(cache, 'duration: 120s, warmUp: 1us'), { runs: 8 });
    expectExact(runs.estimate(hitRatio), exact, 0.03);
  });

  it('a node that has half of the entries and half of the names hits as the whole would', () => {
    const { hitRatio: exact } = chesApproximation(ratesAt(200), 200);
    const runs = simulate(readsOf('entries: 200, nodes: 2', 'duration: 120s, warmUp: 1us'), { runs: 8 });
    expectExact(runs.estimate(hitRatio), exact, 0.03);
  });
});

describe('begin', () => {
  // Long enough residence (ten minutes) that a minute cannot fill the cache.
  const slow = (begin: string) =>
    readsOf('entries: 1900', `duration: 60s, warmUp: 1us, begin: ${begin}`).replace('200/s', '40/s');
  const { hitRatio: exact } = chesApproximation(ratesAt(40), 1900);
  const within = (lookups: number) => 3.29 * Math.sqrt((exact * (1 - exact)) / lookups); // 99.9% of a binomial

  it('steady: the first minute hits as often as the long run', () => {
    const run = runOf(slow('steady'));
    const lookups = run.readings().get('caches.accounts.lookups')?.num ?? 0;
    expect(lookups).toBeGreaterThan(2200);
    expect(Math.abs(readingOf(run, hitRatio) - exact)).toBeLessThan(within(lookups));
  });

  it('empty: the first minute does not', () => {
    const run = runOf(slow('empty'));
    const lookups = run.readings().get('caches.accounts.lookups')?.num ?? 0;
    expect(readingOf(run, hitRatio)).toBeLessThan(exact - within(lookups));
  });

  it('steady under random eviction: the first minute hits as the theory of the long run says', () => {
    const early = simulate(readsOf('entries: 200, policy: random', 'duration: 60s, warmUp: 1us'), {
      runs: 10,
    });
    expectExact(early.estimate(hitRatio), randomEvictionHitRatio(ratesAt(200), 200), 0.03);
  });

  it('steady under lfu: the first three minutes hit as often as three later ones', () => {
    const some = (run: string) =>
      readsOf('entries: 50, policy: lfu', run).replace('200/s', '20/s').replace(`${accounts}`, '300');
    const first = simulate(some('duration: 3m, warmUp: 1us'), { runs: 12 }).estimate(hitRatio);
    const late = simulate(some('duration: 8m, warmUp: 5m'), { runs: 12, seed: 2 }).estimate(hitRatio);
    // Two independent estimates: the half-widths of their 99.9% intervals add as squares.
    const within = Math.hypot(first.halfWidth as number, late.halfWidth as number);
    expect(within).toBeLessThan(0.03);
    expect(Math.abs((first.value as number) - (late.value as number))).toBeLessThan(within);
  });

  it('steady with remote lookups: the first minute finds as much elsewhere as the eleventh', () => {
    const two = (run: string) => `
name: Two regions
regions: { us: us-east-1, eu: eu-west-1 }
origins: { US: us-east-2, EU: eu-central-1 }
run: { ${run} }
keys: { account: { count: 600, skew: { zipf: 0.9 } } }
workloads: { reads: { arrivals: { rate: 50/s }, from: { US: 70%, EU: 30% }, keys: [account], call: web.show } }
services: { web: { operations: { show: [get: { from: accounts, miss: [wait: 1us] }] } } }
caches: { accounts: { key: account, entries: 60, ttl: 3m, lookup: [local, remote] } }
`;
    const first = simulate(two('duration: 1m, warmUp: 1us'), { runs: 10 });
    const late = simulate(two('duration: 11m, warmUp: 10m'), { runs: 10, seed: 2 });
    for (const metric of ['localHitRatio', 'remoteHitRatio']) {
      const [early, later] = [first, late].map((runs) => runs.estimate(`caches.accounts.${metric}`));
      const within = Math.hypot(early.halfWidth as number, later.halfWidth as number);
      expect(within).toBeLessThan(0.035);
      expect(later.value).toBeGreaterThan(0.08);
      expect(Math.abs((early.value as number) - (later.value as number))).toBeLessThan(within);
    }
  });

  it('steady where only writes bring entries in: what is written again and again is there', () => {
    const run = runOf(`
name: Positions
run: { duration: 20s, warmUp: 1us }
keys: { account: { count: 50 } }
workloads:
  trades: { arrivals: { rate: 30/s }, keys: [account], call: web.trade }
  reads: { arrivals: { rate: 30/s }, keys: [account], call: web.show }
services: { web: { operations: { trade: [put: positions], show: [get: positions] } } }
caches: { positions: { key: account, entries: 50, fill: none } }
`);
    expect(readingOf(run, 'caches.positions.hitRatio')).toBe(1);
  });

  it('steady with two names of one key: both are there', () => {
    const yaml = `
name: Positions
run: { duration: 60s, warmUp: 1us }
keys: { account: { count: 50 }, instrument: { count: 20 } }
workloads: { reads: { arrivals: { rate: 100/s }, keys: [account, instrument], call: web.show } }
services:
  web:
    operations:
      show: [get: { from: positions, key: [account, instrument], miss: [wait: 1us] }, get: { from: positions, key: account, miss: [wait: 1us] }]
caches: { positions: { entries: 2k } }
`;
    const run = runOf(yaml);
    // All 1,000 positions and 50 accounts fit, so nobody misses: each was read before.
    expect(readingOf(run, 'caches.positions.hitRatio')).toBe(1);
    expect(readingOf(run, 'caches.positions.entries')).toBeCloseTo(1050, 6);
  });
});

describe('sessions, whose references are not independent', () => {
  const chats = (begin: string) => `
name: Chats
run: { duration: 5m, warmUp: 1us, begin: ${begin} }
keys: { conversation: { each: session } }
workloads:
  chats:
    arrivals: { rate: 2/s }
    keys: [conversation]
    session: { turns: 8, think: { exponential: 30s } }
    call: web.say
services: { web: { operations: { say: [get: { from: conversations, miss: [wait: 1us] }] } } }
caches: { conversations: { key: conversation, entries: 5k } }
`;

  it('steady: a conversation in mid-life is there, so only the first call of each misses', () => {
    const readings = runOf(chats('steady')).readings();
    const sessions = readings.get('workloads.chats.sessions')?.num ?? 0;
    expect(sessions).toBeGreaterThan(500);
    expect(readings.get('caches.conversations.loads')?.num).toBe(sessions);
    // Eight calls a session, most of them in sessions that began before the run.
    expect(readings.get('caches.conversations.lookups')?.num).toBeGreaterThan(7 * sessions);
  });

  it('steady: it is full of conversations that are over', () => {
    expect(readingOf(runOf(chats('steady')), 'caches.conversations.entries')).toBe(5000);
  });

  it('steady: a cache too small for the conversations under way forgets some of them', () => {
    // 2/s × 8 calls × 30 s of thought: about 480 conversations are under way, far more than 100 entries.
    const readings = runOf(chats('steady').replace('5k', '100')).readings();
    const loads = readings.get('caches.conversations.loads')?.num ?? 0;
    expect(loads).toBeGreaterThan(4 * (readings.get('workloads.chats.sessions')?.num ?? 0));
  });

  it('empty: no conversation is in mid-life', () => {
    const readings = runOf(chats('empty')).readings();
    expect(readings.get('caches.conversations.loads')?.num).toBe(
      readings.get('workloads.chats.sessions')?.num,
    );
    expect(readingOf(runOf(chats('empty')), 'caches.conversations.entries')).toBeLessThan(700);
  });

  it('a session’s first call may write what the others look up', () => {
    const yaml = chats('steady')
      .replace('turns: 8', 'open: web.open, turns: 8')
      .replace('operations: {', 'operations: { open: [put: conversations],');
    expect(readingOf(runOf(yaml), 'caches.conversations.hitRatio')).toBe(1);
  });
});
