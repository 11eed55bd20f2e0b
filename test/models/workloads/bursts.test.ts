import { describe, expect, test } from 'vitest';
import { burstStates, dispersionOf } from '../../../src/models/algorithms/arrivals/dispersion.ts';
import { expectExact, problemsOf, type Runs, simulate } from '../harness.ts';

/** A run of 240 s: the timeline counts arrivals second by second. */
const scenario = (process: string, rate = '20/s') => `
name: bursts
run: { duration: 240s, warmUp: 0s }
workloads: { w: { arrivals: { rate: ${rate}, process: ${process} }, call: a.x } }
services: { a: { operations: { x: [] } } }
`;

/** Variance over mean of the counts of `seconds`, about the known mean, with the 99.9% interval of the runs. */
function dispersion(runs: Runs, rate: number, seconds: number) {
  return runs.meanOf(({ timeline }) => {
    const counts = timeline.series.get('workloads.w.arrivals')?.values as Float64Array;
    const mean = rate * seconds;
    let squares = 0;
    for (let at = 0; at < counts.length; at += seconds) {
      const count = counts.subarray(at, at + seconds).reduce((sum, each) => sum + each, 0);
      squares += (count - mean) ** 2;
    }
    return squares / (counts.length / seconds) / mean;
  });
}

describe('arrivals', () => {
  const asked = { dispersion: 15, within: 1, share: 0.05, last: 1 };
  const runs = simulate(scenario('{ bursty: { dispersion: 15, within: 1s } }'), { runs: 260 });

  test('in bursts have counts dispersed as asked, and over ten seconds as the formula says', () => {
    expectExact(dispersion(runs, 20, 1), 15, 0.12);
    expectExact(dispersion(runs, 20, 10), dispersionOf(burstStates(asked, 20), 20, 10), 0.15);
  });

  test('in bursts keep their mean rate', () => {
    expectExact(runs.estimate('workloads.w.arrivals.rate'), 20, 0.03);
  });

  test('of a Poisson process have a dispersion of 1 over any time', () => {
    const control = simulate(scenario('poisson'), { runs: 40 });
    expectExact(dispersion(control, 20, 1), 1, 0.06);
    expectExact(dispersion(control, 20, 10), 1, 0.15);
  });

  test('given by two states are dispersed as these states are', () => {
    const states = [
      { factor: 3, last: 2 },
      { factor: 1, last: 6 },
    ];
    const given = simulate(scenario('{ mmpp: [{ factor: 3, last: 2s }, { factor: 1, last: 6s }] }'), {
      runs: 40,
    });
    expectExact(dispersion(given, 20, 1), dispersionOf(states, 20, 1), 0.12);
    expectExact(given.estimate('workloads.w.arrivals.rate'), 20, 0.05);
  });

  test('of a workload called bursty are those of dispersion 15 within a second', () => {
    const [short, long] = ['bursty', '{ bursty: { dispersion: 15, within: 1s, share: 5%, last: 1s } }'].map(
      (process) => simulate(scenario(process), { runs: 1 }).assemblies[0].simulation.fingerprint,
    );
    expect(short).toBe(long);
  });
});

describe('a scenario is refused', () => {
  test.each([
    ['{ bursty: { dispersion: 500 } }', /cannot be dispersed by 500 at this rate/],
    ['{ bursty: { dispersion: 0.5 } }', /0.5 is below 1/],
    ['{ mmpp: [{ factor: 1, last: 1s }] }', /./],
    ['{ mmpp: [{ factor: 0, last: 1s }, { factor: 0, last: 1s }] }', /nobody comes in any state/],
    ['{ burst: 15 }', /burst/],
  ])('with %s', (process, message) => {
    expect(problemsOf(scenario(process))).toEqual([expect.stringMatching(message)]);
  });
});
