import { describe, expect, it, test } from 'vitest';
import { depthsOf } from '../../../src/report/html/depths.ts';
import { documentOf, jsonBlock } from '../../../src/report/html/document.ts';
import type { PageData } from '../../../src/report/html/page-data.ts';
import { pageOf } from '../../../src/report/html/page-of.ts';
import { linksOf } from '../../../src/report/html/topology-links.ts';
import { shareText, timeText, timeTicks } from '../../../src/report/reading/axis-text.ts';
import type { Result } from '../../../src/result/index.ts';
import { everything } from '../terminal/everything.ts';
import { simulated } from '../terminal/results.ts';
import { oneQueue, shop, silent } from '../terminal/scenarios.ts';
import { outage } from './outage.ts';

const things = (calls: Record<string, string[]>) =>
  Object.entries(calls).map(([id, targets]) => ({ id, calls: targets }));
const depths = (calls: Record<string, string[]>) => Object.fromEntries(depthsOf(things(calls)));

describe('the depth of a call', () => {
  test.each([
    ['a chain', { a: ['b'], b: ['c'], c: [] }, { a: 0, b: 1, c: 2 }],
    ['below all that call it', { a: ['b', 'c'], b: ['c'], c: [] }, { a: 0, b: 1, c: 2 }],
    ['a circle', { a: ['b'], b: ['c'], c: ['b'] }, { a: 0, b: 1, c: 2 }],
    ['a circle alone', { a: ['b'], b: ['a'] }, { a: 0, b: 1 }],
    ['what nobody calls, at the bottom', { pool: [], a: ['b'], b: [] }, { a: 0, b: 1, pool: 2 }],
    ['nothing linked', { a: [], b: [] }, { a: 0, b: 0 }],
    ['what is not there', { a: ['gone'] }, { a: 0 }],
  ])('of %s', (_, calls, expected) => {
    expect(depths(calls as Record<string, string[]>)).toEqual(expected);
  });
});

describe('the drawing', () => {
  const drawn = (result: Result) => pageOf(result).topology;

  it('has a row a thing, callers outside above, and a box in each region where it stands', () => {
    const { rows, callers, regions } = drawn(simulated(shop, { runs: 1 }));
    expect(callers.map(({ id, calls }) => [id, calls])).toEqual([
      ['workloads.orders', ['services.order-service']],
    ]);
    expect(rows.map(({ id, depth }) => [id, depth])).toEqual([
      ['services.order-service', 0],
      ['databases.orders', 1],
      ['services.match-service', 1],
    ]);
    expect(regions.map(({ name }) => name)).toEqual(['us-east', 'eu-west', 'asia-pacific']);
    expect(rows.every(({ boxes }) => boxes.every((box) => box !== null))).toBe(true);
  });

  it('stacks regions that look the same, and none that a fault sets apart', () => {
    const even = shop.replace('EU: 30%, AP: 20%', 'EU: 25%, AP: 25%');
    const { stacks } = drawn(simulated(even, { runs: 2 }));
    expect(stacks).toEqual([[0], [1, 2]]);
    expect(drawn(outage()).stacks).toEqual([[0], [1], [2]]);
  });

  it('has what a consumer reads above it, and what it calls below', () => {
    const consumer = {
      ...everything.topology.nodes[1],
      id: 'consumers.notifications',
      kind: 'consumer',
      calls: ['topics.message-events', 'services.notification-service'],
    };
    const service = { ...consumer, id: 'services.notification-service', kind: 'service', calls: [] };
    const publisher = {
      ...consumer,
      id: 'services.agent-match-service',
      kind: 'service',
      calls: ['topics.message-events'],
    };
    const topic = { ...consumer, id: 'topics.message-events', kind: 'topic', calls: [] };
    const { rows } = drawn({
      ...everything,
      topology: { regions: ['us-east'], nodes: [service, consumer, topic, publisher] },
    });
    expect(rows.map(({ id }) => id)).toEqual([publisher.id, topic.id, consumer.id, service.id]);
  });

  it('has calls stay in their region, and go to where the primary is', () => {
    const { rows } = drawn(simulated(shop, { runs: 1 }));
    const links = linksOf(rows, [[0], [1], [2]], 'databases.orders').map(
      ({ fromColumn, toColumn }) => `${fromColumn}${toColumn}`,
    );
    expect(links.sort()).toEqual(['00', '10', '11', '20', '22']);
  });
});

describe('the page', () => {
  it('of everything says what its golden says', async () => {
    const page: PageData = pageOf(everything);
    const said = { ...page, metrics: page.metrics.length };
    await expect(`${JSON.stringify(said, undefined, 1)}\n`).toMatchFileSnapshot(
      '../../golden/reporters/everything.html.json',
    );
  });

  it('has faults with their phases, and charts of what moves before those of what stands still', () => {
    const { faults, charts } = pageOf(outage()).timeline;
    expect(faults.map(({ name, phases, rto }) => [name, phases.length, rto])).toEqual([
      ['lose-us-east', 4, '23.4 ± 1.2 s'],
      ['black-friday', 0, undefined],
    ]);
    expect(charts.slice(0, 2).map(({ box }) => box)).toEqual(['workloads.orders', 'workloads.orders']);
    const open = charts.map(({ isFirst }) => isFirst);
    expect(open.indexOf(false) === -1 || !open.slice(open.indexOf(false)).includes(true)).toBe(true);
  });

  it('has five figures, whatever was simulated', () => {
    for (const result of [
      everything,
      outage(),
      simulated(oneQueue, { runs: 1 }),
      simulated(silent, { runs: 1 }),
    ]) {
      const { tiles } = pageOf(result);
      expect(tiles).toHaveLength(5);
      for (const { value, note } of tiles) expect(`${value} ${note}`).not.toMatch(/undefined|NaN|null/);
    }
  });

  it('counts a second what the timeline counts a bucket', () => {
    const result = simulated(oneQueue, { runs: 1 });
    const { timeline } = pageOf(result);
    const arrivals = timeline.series['workloads.customers.arrivals'] as number[];
    expect(arrivals.reduce((sum, rate) => sum + rate, 0) / arrivals.length).toBeCloseTo(80, -1);
  });
});

describe('the file', () => {
  const parts = { style: 'p{}', library: 'const a = 1 < 2;', client: "'</script>'" };

  it('has a policy that names the hash of each script and style, and no other source', () => {
    const html = documentOf('everything', pageOf(everything), parts);
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-\S+' 'sha256-\S+'; style-src 'sha256-\S+';/,
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(html.match(/<script/g)).toHaveLength(3);
    expect(html.match(/<\/script>/g)).toHaveLength(3);
  });

  it('holds data that ends no element and begins no comment, and is read back as it was', () => {
    const hostile = { text: '</script><!--<script>&\u2028\u2029' };
    expect(jsonBlock(hostile)).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(jsonBlock(hostile))).toEqual(hostile);
  });

  it('has the same bytes for the same result', () => {
    expect(documentOf('outage', pageOf(outage()), parts)).toBe(documentOf('outage', pageOf(outage()), parts));
  });
});

describe('words of the page', () => {
  test.each([
    [0, '0 s'],
    [0.5, '0.5 s'],
    [59.4, '59 s'],
    [60, '1 m'],
    [90, '1 m 30 s'],
    [3600, '1 h'],
    [5400, '1 h 30 m'],
    [90_000, '1 d 1 h'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(timeText(seconds)).toBe(text);
  });

  it('has ticks at round instants, about as many as asked for', () => {
    expect(timeTicks(0, 3900, 6)).toEqual([0, 900, 1800, 2700, 3600]);
    expect(timeTicks(1000, 1100, 5)).toEqual([1000, 1020, 1040, 1060, 1080, 1100]);
    for (const length of [1, 90, 3900, 86_400, 2_628_000]) {
      const count = timeTicks(0, length, 6).length;
      expect(count).toBeGreaterThanOrEqual(3);
      expect(count).toBeLessThanOrEqual(8);
    }
  });

  test.each([
    [0, '0%'],
    [1 - Math.log10(5), '50%'],
    [1, '90%'],
    [2, '99%'],
    [3, '99.9%'],
    [5, '99.999%'],
  ])('%d nines are %s', (nines, text) => {
    expect(shareText(nines)).toBe(text);
  });
});
