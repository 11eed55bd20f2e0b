import { describe, expect, it } from 'vitest';
import { metricId } from '../../../src/metrics/index.ts';
import { redisSlot, redisSlotOwners } from '../../../src/models/algorithms/partitioning/crc16-slots.ts';
import { utf8 } from '../../../src/models/algorithms/partitioning/utf8.ts';
import { problemsOf, readingOf, runOf, scenarioOf } from '../harness.ts';

const notes = (cache: string, more = '') => `
name: Notes
regions: { us: us-east-1, eu: eu-west-1 }
origins: { US: us-east-2, EU: eu-central-1 }
run: { duration: 100s, warmUp: 10s, seed: 3 }
keys: { note: { count: 1000, skew: { zipf: 1 }, format: "note-{n}" }, other: { count: 10 } }
workloads: { reads: { arrivals: { rate: 200/s }, from: { US: 60%, EU: 40% }, keys: [note], call: web.show } }
services: { web: { operations: { show: [get: { from: notes, miss: [wait: 5ms] }] } } }
caches: { notes: { key: note, ${cache} } }
${more}`;

describe('room', () => {
  it.each(['lru', 'lfu', 'random'])(
    'is never exceeded, and each entry too many pushes one out: %s',
    (policy) => {
      const run = runOf(notes(`policy: ${policy}, regions: { us: { entries: 50 }, eu: { entries: 80 } }`));
      const readings = run.readings();
      expect(readings.get('caches.notes.in.us.entries')?.max).toBe(50);
      expect(readings.get('caches.notes.in.eu.entries')?.max).toBe(80);
      expect(readings.get('caches.notes.entries')?.max).toBe(130);
      // It is full from the start, so each load that fills it evicts one; fewer where two load the same at a time.
      const [loads, evictions] = ['loads', 'evictions'].map(
        (meter) => readings.get(`caches.notes.${meter}`)?.num as number,
      );
      expect(evictions).toBeGreaterThan(0.97 * loads);
      expect(evictions).toBeLessThanOrEqual(loads + 10);
    },
  );

  it('under ttl is without bound, and what is past its time leaves', () => {
    const readings = runOf(notes('policy: ttl, ttl: 5s')).readings();
    const [loads, expirations, evictions] = ['loads', 'expirations', 'evictions'].map(
      (meter) => readings.get(`caches.notes.${meter}`)?.num as number,
    );
    expect(evictions).toBe(0);
    // What came in has gone again, up to what is there.
    expect(Math.abs(loads - expirations)).toBeLessThan(readings.get('caches.notes.entries')?.max as number);
    expect(expirations).toBeGreaterThan(1000);
  });

  it('lookups are hits here, hits elsewhere, joins and loads', () => {
    const readings = runOf(notes('entries: 50, lookup: [local, remote], singleFlight: true')).readings();
    const of = (meter: string) => readings.get(`caches.notes.${meter}`)?.num as number;
    expect(of('localHitRatio') + of('remoteHitRatio') + of('singleFlightJoins') + of('loads')).toBe(
      of('lookups'),
    );
    expect(of('hitRatio')).toBe(of('localHitRatio') + of('remoteHitRatio'));
    for (const meter of ['lookups', 'loads', 'hitRatio', 'evictions', 'singleFlightJoins']) {
      const regions = ['us', 'eu'].map(
        (region) => readings.get(`caches.notes.in.${region}.${meter}`)?.num as number,
      );
      expect(regions[0] + regions[1]).toBe(of(meter));
      expect(regions[0]).toBeGreaterThan(0);
    }
  });
});

describe('nodes', () => {
  it('get the names whose Redis slots they own', () => {
    const nodes = 4;
    const owners = redisSlotOwners(nodes);
    const names = Array.from({ length: nodes }, () => 0);
    for (let note = 0; note < 1000; note += 1) names[owners[redisSlot(utf8(`note-${note}`))]] += 1;
    // Each node has room for as many notes as its slots hold, less one for the node that holds most: only that one evicts.
    const most = Math.max(...names);
    const full = runOf(notes(`nodes: ${nodes}, entries: ${nodes * most}`)).readings();
    expect(full.get('caches.notes.evictions')?.num).toBe(0);
    const short = runOf(notes(`nodes: ${nodes}, entries: ${nodes * (most - 1)}`)).readings();
    expect(short.get('caches.notes.evictions')?.num).toBeGreaterThan(0);
    expect(short.get('caches.notes.in.us.entries')?.max).toBe(
      names.reduce((sum, each) => sum + Math.min(each, most - 1), 0),
    );
  });

  it('are as busy as the work of lookups and writes says', () => {
    const run = runOf(notes('entries: 50, serviceTime: { get: 1ms, put: 2ms }, threads: 2'));
    const readings = run.readings();
    const [lookups, loads] = ['lookups', 'loads'].map(
      (meter) => readings.get(`caches.notes.in.us.${meter}`)?.num as number,
    );
    const expected = (lookups * 0.001 + loads * 0.002) / (2 * 90);
    expect(readingOf(run, 'caches.notes.in.us.utilization')).toBeCloseTo(expected, 3);
  });

  it('make lookups wait where they are too slow', () => {
    const [slow, fast] = ['1', '4'].map((threads) =>
      readingOf(
        runOf(notes(`entries: 1k, serviceTime: { get: { exponential: 6ms } }, threads: ${threads}`)),
        'caches.notes.in.us.latency',
      ),
    );
    // 120 a second at 6 ms: an M/M/1 at 72%, so 21 ms instead of 6.
    expect(slow - fast).toBeGreaterThan(0.01);
  });
});

describe('a cache in a scenario', () => {
  it('measures exactly what its catalog says', () => {
    const scenario = scenarioOf(notes('entries: 50, lookup: [local, remote]'));
    const metered = [...runOf(notes('entries: 50, lookup: [local, remote]')).readings().keys()];
    const known = new Set(scenario.catalog.all().map(({ meter }) => meter));
    expect(metered.filter((id) => id.startsWith('caches.')).every((id) => known.has(id))).toBe(true);
    expect([...known].filter((id) => id.startsWith('caches.')).every((id) => metered.includes(id))).toBe(
      true,
    );
    expect(scenario.catalog.get(metricId(['caches', 'notes', 'in', 'us'], 'hitRatio'))?.unit).toBe('ratio');
  });

  it('gives the same fingerprint twice, and another for another seed', () => {
    const yaml = notes('entries: 50, policy: random, lookup: [local, remote], remote: parallel, nodes: 2');
    const [first, again, other] = [runOf(yaml, 1), runOf(yaml, 1), runOf(yaml, 2)];
    expect(again.simulation.fingerprint).toBe(first.simulation.fingerprint);
    expect(other.simulation.fingerprint).not.toBe(first.simulation.fingerprint);
  });

  it('leaves the callers as they are without it', () => {
    const arrivals = (cache: string) => runOf(notes(cache)).readings().get('workloads.reads.arrivals')?.num;
    expect(arrivals('entries: 50, policy: random')).toBe(arrivals('entries: 1k'));
  });

  it('costs the memory of each region', () => {
    const rows = runOf(notes('regions: { us: { entries: 2M }, eu: { entries: 1M } }, entrySize: 2kB')).costs;
    const memory = rows.filter(({ component }) => component === 'caches.notes');
    expect(
      memory.map(({ item, region, quantity, unit, basis }) => [item, region, quantity, unit, basis]),
    ).toEqual([
      ['cache memory', 'us', 4, 'GB', 'fixed'],
      ['cache memory', 'eu', 2, 'GB', 'fixed'],
    ]);
  });

  it('costs its nodes where their class is named', () => {
    const rows = runOf(notes('entries: 1k, nodes: 3, class: cache.r7g.large')).costs;
    const nodes = rows.filter(({ component }) => component === 'caches.notes');
    expect(nodes.map(({ item, region, quantity, unit }) => [item, region, quantity, unit])).toEqual([
      ['cache.r7g.large node', 'us', 3, 'nodes'],
      ['cache.r7g.large node', 'eu', 3, 'nodes'],
    ]);
    expect(nodes.every(({ hour }) => (hour as number) > 0)).toBe(true);
  });

  it('is drawn with its nodes and how busy they are', () => {
    const box = runOf(notes('entries: 1k, nodes: 2')).topology.find(({ id }) => id === 'caches.notes');
    expect(box?.regions.us.count).toBe(2);
    expect(box?.regions.us.utilization).toBeGreaterThan(0);
    expect(box?.kind).toBe('cache');
  });
});

describe('what is left open', () => {
  const about = (cache: string, more = '') =>
    scenarioOf(notes(cache, more)).assumptions.map((each) => each.about);

  it('is named with its source', () => {
    expect(about('entries: 50').filter((each) => each.startsWith('caches.notes'))).toEqual([
      'caches.notes: time of a node for a lookup and for a write',
      'caches.notes: size of an entry',
      'caches.notes: nodes in each region',
      'caches.notes: what it holds at the start',
    ]);
  });

  it('is not named where the author says it', () => {
    const all = 'entries: 50, serviceTime: { get: 1us, put: 1us }, entrySize: 1kB, nodes: 2';
    const told = about(all).filter((each) => each.startsWith('caches.notes'));
    expect(told).toEqual(['caches.notes: what it holds at the start']);
  });
});

describe('mistakes', () => {
  it.each([
    ['entries: 50, key: other', 'web.show uses the cache by other, which the calls of reads do not carry'],
    ['nodes: 2', 'the cache has no bound in us'],
    ['policy: ttl', 'entries leave by their time to live, but the cache has none'],
    ['entries: 3, nodes: 4', '3 entries do not go round 4 nodes in us'],
    ['entries: 50, lookup: [remote]', 'lookup begins with local'],
    ['entries: 50, regions: [us], lookup: [local, remote]', 'there is no other region to ask'],
  ])('{ %s } is told: %s', (cache, message) => {
    const yaml = notes(cache).replace('key: note, entries: 50, key: other', 'key: other, entries: 50');
    expect(problemsOf(yaml).join('\n')).toContain(message);
  });

  it('a step without a key is told where the cache has none', () => {
    expect(problemsOf(notes('entries: 50').replace('key: note, ', ''))).toContain(
      'web.show uses the cache without saying by which key',
    );
  });

  it('a lookup under its own miss is told under single flight', () => {
    const nested = notes('entries: 50, singleFlight: true').replace(
      '[wait: 5ms]',
      '[get: { from: notes, miss: [wait: 5ms] }]',
    );
    expect(problemsOf(nested)).toContain(
      'web.show looks the same entry up again while it loads it, and would wait for itself',
    );
    expect(problemsOf(nested.replace('singleFlight: true', 'singleFlight: false'))).toEqual([]);
  });
});
