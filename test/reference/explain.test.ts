import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/models/parse.ts';
import { explanation, metricsNamed, nearestMetric } from '../../src/reference/explain-metric.ts';
import { problemsNamed } from '../../src/reference/explain-problem.ts';
import { stationsNamed } from '../../src/reference/explain-station.ts';
import { problemKinds } from '../../src/reference/problem-kinds.ts';
import { bottlenecksOf } from '../../src/study/bottlenecks.ts';

describe('metrics', () => {
  test('every id of a shipped scenario is explained, by one definition', () => {
    const { scenario } = parseScenario('scenarios/conversations-100m.yaml', (path) => readFileSync(path));
    const entries = scenario!.catalog.all();
    expect(entries.length).toBeGreaterThan(1000);
    for (const { id, definition } of entries) {
      const found = metricsNamed(id).filter(({ definition: { about } }) => about === definition.about);
      expect(found, id).toHaveLength(1);
      expect(explanation(found[0]).join('\n')).toContain(definition.about);
    }
  });

  test('a star stands for any one part, a metric alone for all that have it', () => {
    expect(metricsNamed('workloads.*.latency.p95').map(({ id }) => id)).toEqual([
      'workloads.<workload>.latency',
    ]);
    expect(metricsNamed('workloads.*.latency.p95')[0].views.map(({ suffix }) => suffix)).toEqual(['p95']);
    const rto = metricsNamed('rto').map(({ id }) => id);
    expect(rto).toContain('faults.<fault>.rto');
    expect(rto).toContain('faults.<fault>.workload.<workload>.rto');
    expect(metricsNamed('workloads.*.latency.p96')).toEqual([]);
    expect(metricsNamed('workloads.a.b.latency')).toEqual([]);
  });

  test('who mistypes is told the nearest id of the same thing', () => {
    expect(nearestMetric('workloads.trades.latensy.p95')).toBe('workloads.trades.latency.p95');
    expect(nearestMetric('replicationlags')).toBe('replicationLag');
  });
});

describe('stations', () => {
  test('every station that a report can name is explained', () => {
    const value = { value: 0.5, better: 'lower' } as never;
    const ids = [
      'databases.orders.utilization',
      'databases.orders.shards.3.commitUtilization',
      'services.web.in.eu-west.threadUtilization',
      'consumers.ledger.hottestMemberUtilization',
    ];
    const stations = bottlenecksOf(Object.fromEntries(ids.map((id) => [id, value])), []);
    expect(stations).toHaveLength(ids.length);
    for (const { station, of } of stations) {
      const found = stationsNamed(station).filter(({ part }) => part === of);
      expect(found.length, `${station} ${of}`).toBeGreaterThan(0);
    }
  });

  test('a part alone names all stations that have it', () => {
    expect(stationsNamed('commit').map(({ of }) => of)).toEqual([
      'databases.<database>',
      'databases.<database>.shards.<n>',
    ]);
    expect(stationsNamed('tables')).toEqual([]);
  });
});

describe('problems', () => {
  test('every code of a problem that Headroom can make is explained', () => {
    const sources = ['src/scenario', 'src/units', 'src/models', 'src/study/plan'].flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
    );
    const code = /code: [^,'\n]*'([a-z0-9-]+)'(?: : '([a-z0-9-]+)')?|problem\('\w+', '(\w+)'/g;
    const codes = new Set(
      sources.flatMap((text) => [...text.matchAll(code)].flatMap((match) => match.slice(1).filter(Boolean))),
    );
    codes.delete('custom'); // zod's own word for what a schema of ours reports
    expect(codes.size).toBeGreaterThan(30);
    expect([...codes].filter((code) => !(code in problemKinds))).toEqual([]);
    expect(Object.keys(problemKinds).filter((code) => !codes.has(code) && code !== 'invalid-value')).toEqual(
      [],
    );
  });

  test('is found by its code, by the words of a message, and by the name of a kind', () => {
    expect(problemsNamed('unknown-key').map(([code]) => code)).toEqual(['unknown-key']);
    expect(problemsNamed('Unknown key "shard"').map(([code]) => code)).toEqual(['unknown-key']);
    expect(problemsNamed('database').map(([code]) => code)).toEqual(['database']);
    expect(problemsNamed('zzz')).toEqual([]);
  });
});
