import { describe, expect, it } from 'vitest';
import { answersOf } from '../../../src/report/compare/answers.ts';
import { changeText } from '../../../src/report/compare/change-text.ts';
import { comparisonCsv } from '../../../src/report/compare/csv.ts';
import { comparePageOf } from '../../../src/report/compare/html/page-of.ts';
import { comparePngReporter } from '../../../src/report/compare/png/index.ts';
import { survivalText, survivesRegion } from '../../../src/report/compare/survival.ts';
import { verdictOn } from '../../../src/report/compare/verdict.ts';
import { comparedOf, five, two } from './designs.ts';

const pageOfFive = comparePageOf(five());

describe('the verdict on designs', () => {
  it('of two is about the second: mixed where it is better at one thing and worse at another', () => {
    const { word, sentence } = verdictOn(two());
    expect(word).toBe('Mixed');
    expect(sentence).toMatch(/^faster, 20 shards against as drawn: \d+ better, \d+ worse/);
    expect(sentence).toMatch(/costs \$[\d,]+ more a month \([\d.]+%\)\.$/);
  });

  it('of a design against itself claims no change, or that it cannot tell', () => {
    const same = five().results[1];
    const { word, sentence } = verdictOn(comparedOf([same, same], ['a', 'b']));
    expect(['No change', 'Undecided']).toContain(word);
    expect(sentence).toContain('both cost the same');
  });

  it('of five names those that hold, and the cheapest of them', () => {
    const { word, status, sentence } = verdictOn(five());
    expect(five().results.map(({ verdict }) => verdict === 'fail')).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(word).toBe('3 of 5 hold');
    expect(status).toBe('warn');
    expect(sentence).toContain('loses a region, slower do not');
    expect(sentence).toMatch(
      /the cheapest of those that hold is as drawn, another seed, \$[\d.]+ a million requests/,
    );
  });
});

describe('which design survives a region', () => {
  it('is answered only by those whose scenario loses one', () => {
    const outcomes = five().results.map(survivesRegion);
    expect(outcomes).toEqual([false, undefined, undefined, undefined, undefined]);
    expect(survivalText(five())).toBe('survives losing a region: none');
    expect(survivalText(two())).toBeUndefined();
  });

  it('is undecided, and says so, where a region is lost and the runs cannot tell', () => {
    const [lost, other] = five().results;
    const open = {
      ...lost,
      targets: lost.targets.map((one) => ({ ...one, status: 'inconclusive' as const })),
    };
    const alone = comparedOf([open, other], ['lost', 'other']);
    expect(survivalText(alone)).toBe('survives losing a region: undecided, more runs would tell (--runs)');
    const tile = answersOf(alone).find(({ label }) => label === 'Survive losing a region');
    expect(tile).toMatchObject({ value: '–', note: 'undecided, more runs would tell (--runs)' });
    expect(survivalText(comparedOf([open, lost], ['open', 'dead']))).toBe(
      'survives losing a region: none (undecided open)',
    );
    const none = answersOf(two()).find(({ label }) => label === 'Survive losing a region');
    expect(none?.note).toContain('no scenario loses one');
  });

  it('is yes where it recovered in every run and keeps its needs, and no where one run did not recover', () => {
    const [lost] = five().results;
    const kept = { ...lost, targets: lost.targets.map((target) => ({ ...target, status: 'pass' as const })) };
    expect(survivesRegion(kept)).toBe(true);
    const rto = {
      ...kept.metrics['faults.lose-us-east.rto'],
      runs: [
        { num: 20, den: 1, n: 1 },
        { num: 99, den: 1, n: 1, censored: true },
      ],
    };
    expect(survivesRegion({ ...kept, metrics: { ...kept.metrics, 'faults.lose-us-east.rto': rto } })).toBe(
      false,
    );
  });
});

describe('the page of a comparison', () => {
  it('has a card, a column and a line a design, in their order', () => {
    const { designs, figures, curves, tiles, reference } = pageOfFive;
    expect(designs.map(({ label }) => label)).toEqual([
      'loses a region (reference)',
      'as drawn',
      'faster, 20 shards',
      'slower',
      'another seed',
    ]);
    expect(reference).toBe(0);
    for (const { rows } of figures) for (const { cells } of rows) expect(cells).toHaveLength(5);
    expect(curves[0].title).toBe('orders: latency');
    expect(curves[0].lines.map(({ design }) => design)).toEqual([0, 1, 2, 3, 4]);
    expect(tiles).toHaveLength(5);
    expect(answersOf(five()).map(({ value }) => value)).not.toContain('undefined');
  });

  it('says nothing that is not a number or a word', () => {
    const { scenarios: _, ...said } = pageOfFive;
    expect(JSON.stringify(said)).not.toMatch(/undefined|NaN/);
  });

  it('has all timelines on one axis, callers’ latency first, and the faults of each design marked', () => {
    const { timeline } = pageOfFive;
    expect(timeline.charts[0].box).toBe('workloads.orders');
    const latency = timeline.charts.find(({ title }) => title === 'orders: latency p99');
    expect(latency?.isFirst).toBe(true);
    expect(latency?.lines.map(({ design }) => design)).toEqual([0, 1, 2, 3, 4]);
    for (const { series } of latency?.lines ?? []) expect(timeline.series[series]).toHaveLength(240);
    expect(timeline.faults.map(({ name }) => name)).toEqual([
      'lose-us-east, loses a region',
      'black-friday, loses a region',
    ]);
  });

  it('puts designs of other lengths on the axis of the longest, with nothing beyond their end', () => {
    const [, drawn] = five().results;
    const at = drawn.timeline.at.map((instant) => instant * 2);
    const long = { ...drawn, timeline: { ...drawn.timeline, at } };
    const { timeline } = comparePageOf(comparedOf([drawn, long], ['short', 'long']));
    const own = (design: number) => timeline.series[`${design}:workloads.orders.arrivals`];
    expect(
      own(0)
        .slice(121)
        .every((value) => value === null),
    ).toBe(true);
    expect(
      own(0)
        .slice(0, 119)
        .every((value) => value !== null),
    ).toBe(true);
    expect(own(1).every((value) => value !== null)).toBe(true);
  });

  it('has cost differences that add up to the difference of the bills', () => {
    const { cost } = comparePageOf(two());
    const [base, own] = cost.months as number[];
    const parts = cost.components.reduce((sum, { months: [a, b] }) => sum + (b ?? 0) - (a ?? 0), 0);
    expect(parts).toBeCloseTo(own - base, 6);
    expect(own).not.toBe(base);
    expect(cost.texts[1].change).toMatch(/^[+-]\$[\d,.]+ \([+-][\d.]+%\)$/);
    expect(cost.texts[0].change).toBe('');
  });

  it('shows what the scenarios say differently, and the command that compares again', () => {
    const { differences, again } = comparePageOf(two());
    expect(differences[0]).toEqual([]);
    expect(differences[1].map(({ path }) => path)).toContain('databases.orders.shards');
    expect(again.command).toMatch(
      /^headroom compare scenario.yaml scenario.yaml --label 'as drawn' --label 'faster, 20 shards' --seed 1 --runs 3$/,
    );
  });

  it('draws the interval of a change on the side that its verdict says', () => {
    const rows = comparePageOf(two()).figures.flatMap((group) => group.rows);
    const mean = rows.find(({ id }) => id === 'workloads.orders.latency.mean');
    const [reference, other] = mean?.cells ?? [];
    expect(reference.bar).toBeUndefined();
    expect(other.verdict).toBe('better');
    expect(other.bar?.high).toBeLessThan(-(other.bar?.band ?? 0));
    for (const { cells } of rows)
      for (const { bar } of cells)
        if (bar !== undefined)
          for (const part of Object.values(bar)) expect(Math.abs(part)).toBeLessThanOrEqual(1);
  });

  it('has the same bytes for the same results', () => {
    expect(JSON.stringify(comparePageOf(five()))).toBe(JSON.stringify(pageOfFive));
  });
});

describe('other reports of a comparison', () => {
  it('have a row a metric of a design in csv', () => {
    const { comparison } = five();
    const [head, ...rows] = comparisonCsv(comparison).trimEnd().split('\r\n');
    expect(head).toBe(
      'metric,design,value,low,high,unit,better,data,difference,differenceLow,differenceHigh,tolerance,change',
    );
    const cells = Object.values(comparison.metrics).flatMap(({ designs }) => designs.filter(Boolean));
    expect(rows).toHaveLength(cells.length);
    expect(rows).toContainEqual(
      expect.stringMatching(/^workloads\.orders\.latency\.mean,"faster, 20 shards",0\.\d+,.*,better$/),
    );
  });

  it('are charts with all designs in them', async () => {
    const drawn = await comparePngReporter.render([five()], { path: 'charts', color: false, columns: 80 });
    expect(drawn.map(({ path }) => path)).toEqual([
      'charts/latency.png',
      'charts/timeline.png',
      'charts/cost.png',
    ]);
    for (const { content } of drawn) expect(content.length).toBeGreaterThan(10_000);
  });

  it('say of two infinities that both are', () => {
    const metric = { unit: 'duration' } as never;
    const infinite = { value: null, data: 'unbounded', difference: { value: null } } as const;
    expect(changeText(metric, infinite, infinite)).toBe('both ∞');
    expect(changeText(metric, infinite, { value: 1, data: 'ok' })).toBe('→ ∞');
    expect(changeText(metric, { ...infinite, value: 1 }, infinite)).toBe('from ∞');
  });
});
