import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import { parseScenario } from '../../../src/models/parse.ts';

const scenario = (process: string, rate = '2/s') => `
name: trace
run: { duration: 240s, warmUp: 0s }
workloads: { w: { arrivals: { rate: ${rate}, process: ${process} }, call: a.x } }
services: { a: { operations: { x: [] } } }
`;

const parsed = (yaml: string, csv = '') =>
  parseScenario('test.yaml', (file) => (file === 'test.yaml' ? yaml : csv));

/** Arrivals second by second. */
function countsOf(yaml: string, csv?: string, run = 0): number[] {
  const { scenario, problems } = parsed(yaml, csv);
  if (scenario === undefined) throw new Error(JSON.stringify(problems));
  const assembly = new Assembly(scenario.design, 1, run);
  assembly.run();
  return [...(assembly.timeline.series.get('workloads.w.arrivals')?.values ?? [])];
}

/** Twelve gaps over ten seconds. */
const recorded = [100, 100.2, 100.25, 100.25, 103.5, 104.5, 104.6, 104.7, 107, 107.5, 108.5, 109.5, 110];
const csv = `at,instrument\n${recorded.map((at, row) => `${at},${row}`).join('\n')}\n`;

describe('recorded arrivals', () => {
  const counts = countsOf(scenario('{ trace: trades.csv }', '1.2/s'), csv);

  test('come as recorded where the rate is the recorded one, round after round', () => {
    // From 100.2 on; a microsecond more, since the differences are rounded and the clock is not.
    const expected = new Array<number>(240).fill(0);
    for (let round = 0; round < 24; round += 1) {
      for (const at of recorded.slice(1)) expected[Math.floor(at - 100 + 10 * round + 1e-6)] += 1;
    }
    expect(counts.slice(0, 239)).toEqual(expected.slice(0, 239));
  });

  test('come twice as fast where the rate is twice the recorded one', () => {
    const fast = countsOf(scenario('{ trace: trades.csv }', '2.4/s'), csv);
    const seconds = Array.from({ length: 119 }, (_, second) => counts[2 * second] + counts[2 * second + 1]);
    expect(fast.slice(0, 119)).toEqual(seconds);
  });

  test('are the same in each run, from a file as from a list', () => {
    expect(countsOf(scenario('{ trace: trades.csv }', '1.2/s'), csv, 1)).toEqual(counts);
    expect(countsOf(scenario(`{ trace: [${recorded}] }`, '1.2/s'))).toEqual(counts);
  });

  test('are told how fast they are played', () => {
    const { scenario: read } = parsed(scenario('{ trace: trades.csv }', '2.4/s'), csv);
    expect(read?.assumptions.find(({ about }) => about === 'workloads.w: speed of the trace')?.value).toBe(
      '2.00 × as recorded',
    );
  });
});

describe('a trace is refused', () => {
  test.each([
    ['1\n2\n1.5', /arrival 3 of the trace comes before the one before it/],
    ['at\n1\ntwo\n3', /arrival 2 of the trace does not begin with its instant/],
    ['at\n1', /two arrivals at least/],
    ['1\n1\n1', /two arrivals at least/],
    ['7', /./],
  ])('that reads %j', (text, message) => {
    const { problems } = parsed(scenario('{ trace: trades.csv }'), text);
    expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
  });
});
