import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';
import { wilsonInterval } from '../../../src/sim/statistics/index.ts';
import type { Parse } from '../../../src/study/sweep/plan-points.ts';
import { drawOf, fieldsOf } from '../../../src/study/uncertain/uncertain-design.ts';

const parserOf =
  (text: string): Parse =>
  (sets) =>
    parseScenario('shop.yaml', () => text, sets);

const shop = (rate: string, threads: string, more = '') => `
workloads: { w: { arrivals: { rate: ${rate} }, call: desk.serve${more} } }
services: { desk: { threads: ${threads}, operations: { serve: [ work: { exponential: { mean: { low: 800us, mid: 10ms, high: 0.02s } } } ] } } }
`;

function fieldsOfText(text: string) {
  const parse = parserOf(text);
  const { scenario, problems } = parse([]);
  if (scenario === undefined) throw new Error(JSON.stringify(problems));
  return fieldsOf(scenario, parse);
}

const text = shop('{ low: 60k/day, mid: 100k/day, high: 150k/day }', '{ low: 2, mid: 4, high: 9 }');
const fields = fieldsOfText(text);

describe('fields', () => {
  it('are quantities at their quantiles, in the unit of their author or in the base unit', () => {
    const [rate, threads, mean] = fields;
    expect([rate.at(0.05), rate.at(0.5), rate.at(0.95)]).toEqual(['60k/day', '100k/day', '150k/day']);
    expect([threads.at(0.05), threads.at(0.5), threads.at(0.95)]).toEqual(['2', '4', '9']);
    expect([mean.at(0.05), mean.at(0.5), mean.at(0.95)]).toEqual(['0.0008s', '0.01s', '0.02s']);
  });

  it('are bare quantities of distributions, too', () => {
    const bare = (work: string) =>
      fieldsOfText(shop('100/s', '4').replace(/ work: .*? \} \] /, ` work: ${work} ] `));
    const range = '{ low: 5ms, mid: 8ms, high: 20ms }';
    for (const [work, verb] of [
      [range, ''],
      [`{ constant: ${range} }`, '.constant'],
      [`{ exponential: ${range} }`, '.exponential'],
      [`{ lognormal: { mean: ${range}, cv: 0.5 } }`, '.lognormal.mean'],
    ]) {
      const [field, ...others] = bare(work);
      expect(others).toEqual([]);
      expect(field.path).toBe(`services.desk.operations.serve.0.work${verb}`);
      expect([field.at(0.05), field.at(0.5), field.at(0.95)]).toEqual(['5ms', '8ms', '20ms']);
    }
  });

  it('stay whole where the scenario counts', () => {
    const [rate, threads] = fields;
    const us = Array.from({ length: 99 }, (_, at) => (at + 1) / 100);
    for (const u of us) expect(threads.at(u)).toMatch(/^\d+$/);
    expect(us.some((u) => rate.at(u).includes('.'))).toBe(true);
  });

  it('stay whole, also where their low does not stand beside the rest of the scenario', () => {
    const [nodes] = fieldsOfText(
      `${shop('100/s', '4').replace(/\{ low.*? \}/, '1ms')}pools: { web: { nodes: { min: 2, max: { low: 1, mid: 5, high: 9 } } } }\n`,
    );
    for (const u of [0.1, 0.3, 0.5, 0.7]) expect(nodes.at(u)).toMatch(/^\d+$/);
  });

  it('do not shift when another field becomes uncertain, nor when there are more draws', () => {
    const fewer = fieldsOfText(shop('{ low: 60k/day, mid: 100k/day, high: 150k/day }', '4'));
    for (const number of [0, 1, 77]) {
      const [rate, , mean] = drawOf(fields, 5, number);
      expect(drawOf(fewer, 5, number)).toEqual([rate, mean]);
    }
    expect(drawOf(fields, 5, 0)).not.toEqual(drawOf(fields, 5, 1));
    expect(drawOf(fields, 5, 0)).not.toEqual(drawOf(fields, 6, 0));
  });

  it('have their quantiles at 5, 50 and 95 percent of many draws', () => {
    const drawn = Array.from({ length: 4000 }, (_, number) =>
      Number.parseFloat(drawOf(fields, 1, number)[0]),
    );
    const below = (value: number) => drawn.filter((each) => each <= value).length / drawn.length;
    // Four standard errors of a share among 4000.
    expect(Math.abs(below(60) - 0.05)).toBeLessThan(0.014);
    expect(Math.abs(below(100) - 0.5)).toBeLessThan(0.032);
    expect(Math.abs(below(150) - 0.95)).toBeLessThan(0.014);
  });
});

describe('the interval of a probability', () => {
  it('covers it for 95 of 100 seeds, as it says', () => {
    const [rate] = fieldsOfText(shop('{ low: 50/s, mid: 70/s, high: 98/s }', '4'));
    // Lognormal, since 50 · 98 = 70²: P(rate < 80) = Φ(ln(80/70) / (ln(98/70) / 1.6449)).
    const exact = 0.74305;
    const covering = Array.from({ length: 100 }, (_, seed) => {
      const below = Array.from({ length: 128 }, (_, number) => drawOf([rate], seed, number)[0]);
      const { low, high } = wilsonInterval(below.filter((text) => Number.parseFloat(text) < 80).length, 128);
      return low < exact && exact < high;
    }).filter(Boolean).length;
    // Three standard errors of a share of 95 among 100.
    expect(covering).toBeGreaterThanOrEqual(89);
  });
});

describe('a scenario with ranges', () => {
  it('is run at its mids, and says so', () => {
    const { scenario } = parserOf(text)([]);
    expect(scenario?.assumptions).toContainEqual({
      about: 'services.desk.threads',
      value: '4, the mid of 2 to 9',
      source: 'a range of the scenario: headroom uncertain draws from all of it',
      uncertain: true,
    });
    const same = parserOf(text)([
      'services.desk.threads=4',
      'workloads.w.arrivals.rate=100k/day',
      'services.desk.operations.serve.0.work.exponential.mean=10ms',
    ]).scenario;
    const desk = (of: typeof same) => JSON.stringify(of?.design.entry('services', 'desk'));
    expect(desk(scenario)).toBe(desk(same));
    expect(same?.uncertain).toEqual([]);
  });

  it('is refused where an author decides, with the place and why, beside its other mistakes', () => {
    const range = '{ low: 1m, mid: 2m, high: 3m }';
    const of = (desk: string) => `
run: { duration: ${range} }
workloads: { w: { arrivals: { rate: 80/s }, call: ${desk}.serve } }
services: { desk: { operations: { serve: [ work: 1ms ] } } }
targets: [ { target: ${range} } ]
check: { tolerance: { low: 1%, mid: 2%, high: 3% } }
plan: { vary: { services.desk.threads: ${range} } }
`;
    for (const [desk, more] of [
      ['desk', 0],
      ['desc', 1],
    ] as const) {
      const { problems } = parserOf(of(desk))([]);
      expect(problems).toHaveLength(4 + more);
      const found = problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
      expect(found).toEqual(
        expect.arrayContaining([
          '2:18 run.duration cannot be uncertain: it says how long and how often is simulated',
          '5:22 targets.0.target cannot be uncertain: it says what is asked of the design',
          '6:21 check.tolerance cannot be uncertain: it says how a change is judged',
          '7:40 plan.vary.services.desk.threads cannot be uncertain: it says what may be bought',
        ]),
      );
    }
    const { problems } = parserOf(
      of('desk')
        .replace(`targets: [ { target: ${range} } ]`, '')
        .replace(/^plan.*$/m, ''),
    )([]);
    expect(problems.map(({ path }) => path.join('.'))).toEqual(['run.duration', 'check.tolerance']);
  });

  it('says every mistake in them at once, each where it stands', () => {
    const { problems } = parserOf(
      shop('{ low: 150/s, mid: 100/s, high: 60/s }', '{ low: 2, mid: 3.5, high: 4ms }'),
    )([]);
    expect(problems.map(({ message }) => message)).toEqual([
      'low, mid and high are not in order',
      '3.5 is not a whole number',
      expect.stringContaining('4ms'),
    ]);
  });
});
