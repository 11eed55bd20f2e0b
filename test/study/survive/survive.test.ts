import { describe, expect, test } from 'vitest';
import { stoppedBy } from '../../../src/models/stopped-by.ts';
import { survivalMarkdown } from '../../../src/report/survive/markdown.ts';
import { renderSurvival } from '../../../src/report/survive/terminal.ts';
import type { Survival } from '../../../src/result/index.ts';
import { RunPool } from '../../../src/study/run-pool.ts';
import { lostPlaces } from '../../../src/study/survive/lost-place.ts';
import { survive, Unsurvivable } from '../../../src/study/survive/survive.ts';
import { scenarioOf } from '../../models/harness.ts';
import { threeRegions } from './designs.ts';

async function survivalOf(
  yaml: string,
  lose = ['each-region'],
  jobs = 1,
  stopsAtFirst = false,
): Promise<Survival> {
  const scenario = scenarioOf(yaml);
  const found = lostPlaces(lose, scenario.design);
  if ('problem' in found) throw new Error(found.problem);
  const pool = new RunPool(jobs);
  try {
    const common = { file: 'three.yaml', version: '0', asked: lose, pool, stopsAtFirst };
    return (await survive(scenario, { ...common, places: found.places })).survival;
  } finally {
    await pool.close();
  }
}

const named = ({ cases }: Survival) => cases.map(({ lost, status }) => `${lost?.name} ${status}`);

describe('survivors of a lost region', () => {
  const needs =
    '[workloads.trades.latency.p95 < 450ms, services.shop.in.*.utilization < 80%, cost.month < $1M]';

  test('hold while every need is kept by those that are left, measured after the takeover', async () => {
    const survival = await survivalOf(threeRegions({ targets: needs }));
    // By routing alone 90% of one core without east or west, 70% without south.
    expect(named(survival)).toEqual(['east fails', 'west fails', 'south holds']);
    expect(survival.verdict).toBe('fails');
    const [east, , south] = survival.cases;
    expect(south.tightest).toMatchObject({ station: 'services.shop.in.east' });
    expect(Math.abs((south.tightest?.utilization ?? 0) - 0.7)).toBeLessThan(0.02);
    expect(south.bound?.atMost).toBeCloseTo(1 / (south.tightest?.utilization ?? 1), 9);
    expect(east.worst?.status).toBe('fail');
    // Nobody is there to keep a need that is about the region that is lost.
    expect(east.targets.map(({ metric }) => metric)).not.toContain('services.shop.in.east.utilization');
    expect(survival.baseline).toMatchObject({ status: 'holds', load: 'stable' });
    expect(survival.leftOut.targets).toEqual(['cost.month < $1M']);
  });

  test('are told from those whose failures end with the takeover', async () => {
    const calm = await survivalOf(threeRegions({ targets: '[workloads.trades.goodputRatio >= 99.9%]' }), [
      'south',
    ]);
    const [south] = calm.cases;
    // Callers felt it until health checks and resolvers had it, and none of that is held against the survivors.
    expect(south.rto?.median).toBeGreaterThan(20);
    expect(south.unanswered).toBeGreaterThan(50);
    expect(south.status).toBe('holds');
  });

  test('do not hold when the load outgrows them, whatever the needs say', async () => {
    const heavy = threeRegions({ targets: '[workloads.trades.throughput > 1/s]' }).replace('50/s', '75/s');
    const survival = await survivalOf(heavy, ['east']);
    expect(survival.cases[0]).toMatchObject({ load: 'overloaded', status: 'fails' });
  });

  test('are held against 99% of answers where no need is set', async () => {
    const survival = await survivalOf(threeRegions(), ['south']);
    expect(survival.isHeldAgainstAnswers).toBe(true);
    expect(survival.cases[0].targets.map(({ target }) => target)).toEqual([
      'workloads.*.goodputRatio >= 99%',
    ]);
  });

  test('are asked what their author asked of a fault of that name, and not of others', async () => {
    const faults =
      'lose-east: { fault: region-outage, region: east, at: 4m, for: 1m, settle: 1m }, rush: { fault: surge, workload: trades, factor: 9, at: 3m, for: 5m }';
    const targets = '[faults.lose-east.rto < 5s, faults.rush.rto < 1m, workloads.trades.goodputRatio >= 50%]';
    const survival = await survivalOf(threeRegions({ faults, targets }), ['east']);
    expect(survival.leftOut).toEqual({
      faults: ['lose-east', 'rush'],
      targets: ['faults.rush.rto < 1m'],
    });
    const rto = survival.cases[0].targets.find(({ metric }) => metric === 'faults.lose-east.rto');
    expect(rto?.value).toBeGreaterThan(5);
    // The surge is not played: nine times the load would leave nobody.
    expect(survival.baseline.load).toBe('stable');
  });

  test('share their draws with the runs in which nothing is lost', async () => {
    const once = await survivalOf(threeRegions(), ['south']);
    const other = await survivalOf(threeRegions(), ['west']);
    expect(other.baseline.fingerprint).toBe(once.baseline.fingerprint);
  });

  test('are the same bytes for any number of workers', async () => {
    const one = await survivalOf(threeRegions(), ['south']);
    const two = await survivalOf(threeRegions(), ['south'], 2);
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
  }, 60_000);

  test('end with the first that do not hold, when one is enough', async () => {
    const survival = await survivalOf(threeRegions({ targets: needs }), ['each-region'], 1, true);
    expect(named(survival)).toEqual(['east fails']);
  });

  test('of a zone are its region’s other zones', async () => {
    const zoned = threeRegions().replace('cpu: {', 'instances: 3, cpu: {');
    const survival = await survivalOf(zoned, ['east.b']);
    const [{ tightest }] = survival.cases;
    expect(tightest?.station).toBe('services.shop.in.east');
  });

  test('cannot be asked of a scenario that does not stand without its callers’ patience', async () => {
    const endless = threeRegions().replace(/client: .*/, '');
    await expect(survivalOf(endless, ['east'])).rejects.toThrow(Unsurvivable);
  });

  test('are reported with one verdict, one table, and why not', async () => {
    const survival = await survivalOf(threeRegions({ targets: needs }));
    const text = renderSurvival(survival, { color: false, columns: 80 });
    expect(text.split('\n').every((line) => line.length <= 80)).toBe(true);
    expect(text).toContain('DOES NOT HOLD  the load at the peak is not borne without east and west');
    expect(text).toMatch(/^✓ south .* 2 of 2 .* stable/m);
    expect(text).toContain('Without east\n  workloads.trades.latency.p95 < 450 ms:');
    expect(text).toContain('east: west takes over 60% of all calls');
    expect(text).toContain('Again  headroom run three.yaml --lose each-region --seed 1');
    expect(survivalMarkdown(survival)).toContain('| ✅ south |');
  });
});

describe('survivors of a lost primary', () => {
  const book = (more: string) =>
    threeRegions({
      more: `databases: { book: { shards: 2, shardBy: { key: id, function: jump }, primary: east, replicas: { west: 1, south: 1 } ${more} } }\nkeys: { id: { count: 100 } }`,
      targets: '[workloads.trades.goodputRatio >= 99%, databases.book.in.*.replicationLag.p95 < 5s]',
    })
      .replace('call: shop.buy', 'keys: [id]\n    call: shop.buy')
      .replace('buy: [work: { exponential: 20ms }]', 'buy: [work: 2ms, write: book]')
      .replace('duration: 12m', 'duration: 8m');
  const stops =
    'databases.book has the primary of every shard in east and no failover: writes, and reads from the primary, wait until that is back';

  test('hold where another copy takes over, though what is kept for the dead one grows without end', async () => {
    const survival = await survivalOf(book(', failover: {}'), ['east']);
    expect(named(survival)).toEqual(['east holds']);
    const [east] = survival.cases;
    expect(east.load).toBe('stable');
    expect(east.reroute?.stops).toEqual([]);
    // Where the only replica has become the primary, nobody is behind.
    const [west, south] = ['west', 'south'].map((region) =>
      east.targets.find(({ metric }) => metric === `databases.book.in.${region}.replicationLag.p95`),
    );
    expect(west?.value).toBe(0);
    expect(south?.value).toBeGreaterThan(0.01);
  });

  test('do not hold where nobody does, and are told why', async () => {
    const survival = await survivalOf(book(''), ['west', 'east']);
    // What nobody takes over comes first.
    expect(named(survival)).toEqual(['east fails', 'west holds']);
    expect(survival.cases.map(({ reroute }) => reroute?.stops)).toEqual([[stops], []]);
    const text = renderSurvival(survival, { color: false, columns: 80 });
    expect(text.replace(/\n +/g, ' ')).toContain(`Without east ${stops}`);
    expect(text).toMatch(/^✗ east .*far outside$/m);
  });

  test('of a zone are those of the shards whose primaries stand elsewhere', () => {
    const { design } = scenarioOf(
      book('').replace('east: us-east-1', 'east: { location: us-east-1, zones: 3 }'),
    );
    const stopsOf = (zone: number) => stoppedBy(design, { region: 'east', zone });
    expect(stopsOf(1)[0]).toContain('primary of 1 of 2 shards in zone 1 of east and no failover');
    expect(stopsOf(2)).toHaveLength(1);
    expect(stopsOf(3)).toEqual([]);
  });
});
