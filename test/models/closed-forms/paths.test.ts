import { describe, expect, test } from 'vitest';
import { tandem } from '../../../src/models/algorithms/queueing/tandem.ts';
import { expectExact, simulate } from '../harness.ts';

/** One operation that competes with nobody: its latency is what its steps take. */
function simulateSteps(steps: string, seconds = 20) {
  return simulate(
    `
name: steps
run: { duration: ${seconds + 1}s, warmUp: 1s }
workloads: { w: { arrivals: { rate: 100/s }, call: a.x } }
services: { a: { operations: { x: ${steps} } } }
`,
    { runs: 12 },
  );
}

describe('a path through several stations', () => {
  test('of two queues in a row takes the sum of their M/M/1 means', () => {
    const exact = tandem({ arrivalRate: 50, stations: [{ serviceRate: 100 }, { serviceRate: 80 }] });
    const runs = simulate(
      `
name: tandem
run: { duration: 65s, warmUp: 5s }
workloads: { w: { arrivals: { rate: 50/s }, call: front.x } }
services:
  front: { cpu: { cores: 1 }, operations: { x: [ work: { exponential: 10ms }, call: back.y ] } }
  back: { cpu: { cores: 1 }, operations: { y: [ work: { exponential: 12.5ms } ] } }
`,
      { runs: 20 },
    );
    expectExact(runs.estimate('workloads.w.latency.mean'), exact.meanSojourn, 0.06);
    expectExact(runs.estimate('services.back.latency.mean'), exact.stations[1].meanSojourn, 0.08);
    expectExact(runs.estimate('services.front.utilization'), 0.5, 0.03);
    expectExact(runs.estimate('services.back.utilization'), 0.625, 0.03);
  });

  test('that holds a thread while it calls keeps the thread busy for the callee’s time too', () => {
    const runs = simulate(
      `
name: held
run: { duration: 41s, warmUp: 1s }
workloads: { w: { arrivals: { rate: 50/s }, call: front.x } }
services:
  front: { threads: 40, operations: { x: [ work: 5ms, call: back.y ] } }
  back: { operations: { y: [ work: { exponential: 35ms } ] } }
`,
      { runs: 15 },
    );
    // Nobody waits: a holder's mean time is 40 ms, so 50/s × 40 ms = 2 of 40 threads are held.
    expectExact(runs.estimate('services.front.threadUtilization'), 2 / 40, 0.05);
    expectExact(runs.estimate('workloads.w.latency.mean'), 0.04, 0.04);
  });
});

describe('steps that compete with nobody', () => {
  test('side by side take as long as the longest: 1.5/μ for two exponentials, 11/6μ for three', () => {
    const branch = '[ { work: { exponential: 10ms } } ]';
    const two = simulateSteps(`[ { parallel: [ ${branch}, ${branch} ] } ]`);
    expectExact(two.estimate('workloads.w.latency.mean'), 0.015, 0.03);
    const three = simulateSteps(`[ { parallel: [ ${branch}, ${branch}, ${branch} ] } ]`);
    expectExact(three.estimate('workloads.w.latency.mean'), (0.01 * 11) / 6, 0.03);
  });

  test('repeated take times × work, and the number of times may vary', () => {
    const fixed = simulateSteps('[ { repeat: { times: 4, do: [ { work: { exponential: 5ms } } ] } } ]');
    expectExact(fixed.estimate('workloads.w.latency.mean'), 0.02, 0.03);
    // χ² with 8 degrees of freedom: 20.0902 at 99%.
    expectExact(fixed.estimate('workloads.w.latency.p99'), (0.005 * 20.0902) / 2, 0.08);
    const drawn = simulateSteps(
      '[ { repeat: { times: { uniform: { min: 0.5, max: 3.5 } }, do: [ { work: { exponential: 5ms } } ] } } ]',
    );
    expectExact(drawn.estimate('workloads.w.latency.mean'), 0.01, 0.04);
  });

  test('chosen are taken by their shares, and the rest takes none', () => {
    const runs = simulateSteps(
      '[ { choose: [ { share: 20%, do: [ wait: 100ms ] }, { share: 50%, do: [ wait: 10ms ] } ] } ]',
    );
    const shares = (seconds: number) =>
      runs.meanOf((_, run) => {
        const { hist } = runs.readings('workloads.w.latency')[run];
        return hist === undefined
          ? Number.NaN
          : hist.shareUpTo(seconds + 1e-3) - hist.shareUpTo(seconds - 1e-3);
      });
    expectExact(shares(0.1), 0.2, 0.08);
    expectExact(shares(0.01), 0.5, 0.05);
    expectExact(runs.estimate('workloads.w.latency.mean'), 0.2 * 0.1 + 0.5 * 0.01, 0.08);
  });

  test('started beside the operation take none of its time, and are done all the same', () => {
    const runs = simulate(`
name: beside
run: { duration: 41s, warmUp: 1s }
workloads: { w: { arrivals: { rate: 100/s }, call: a.x } }
services:
  a: { operations: { x: [ work: 2ms, async: [ wait: 5ms, call: b.y ] ] } }
  b: { operations: { y: [ work: 50ms ] } }
`);
    const { num, max } = runs.readings('workloads.w.latency')[0];
    expect(max).toBe(0.002);
    expect(num).toBeCloseTo(0.002 * runs.readings('workloads.w.arrivals')[0].num, 9);
    expectExact(runs.estimate('services.b.throughput'), 100, 0.05);
  });
});

describe('the network', () => {
  const far = (jitter: string) => `
name: far
run: { duration: 21s, warmUp: 1s }
regions: { here: us-east-1, there: eu-west-1 }
origins: { caller: ap-northeast-1 }
network: { jitter: ${jitter} }
workloads: { w: { arrivals: { rate: 100/s }, from: { caller: 100% }, call: front.x } }
services:
  front: { regions: [here], operations: { x: [ work: 4ms, call: back.y ] } }
  back: { regions: [there], operations: { y: [ work: 3ms ] } }
`;
  // The matrix has 146 ms between ap-northeast-1 and us-east-1, from us-east-1 to eu-west-1 70 ms, and 69 ms back.
  const callerWay = 0.146;
  const between = 0.0695;

  test('adds half the round trip for each way, exactly, where there is no jitter', () => {
    const runs = simulate(far('0%'), { runs: 1 });
    const { max, hist } = runs.readings('workloads.w.latency')[0];
    expect([hist?.min, max]).toEqual([0.2225, 0.2225]);
    expect(runs.readings('workloads.w.serverLatency')[0].max).toBeCloseTo(0.007 + between, 12);
    expect(runs.readings('services.front.latency')[0].max).toBeCloseTo(0.007 + between, 12);
  });

  test('adds an exponential jitter of the given mean to each way', () => {
    const runs = simulate(far('10%'));
    expectExact(runs.estimate('workloads.w.latency.mean'), 0.007 + 1.1 * (callerWay + between), 0.01);
    expectExact(runs.estimate('workloads.w.serverLatency.mean'), 0.007 + 1.1 * between, 0.01);
  });
});

describe('a client that gives up after 10 ms and tries twice more', () => {
  const impatient = (backoff: string) =>
    simulate(
      `
name: impatient
run: { duration: 21s, warmUp: 1s }
workloads:
  w:
    arrivals: { rate: 100/s }
    client: { timeout: 10ms, retries: { max: 2, backoff: ${backoff} } }
    call: a.x
services: { a: { operations: { x: [ work: { exponential: 10ms } ] } } }
`,
      { runs: 15 },
    );
  // One attempt is answered in time with p = 1 − 1/e, then after 10 ms × (1 − 2/e)/p on the mean.
  const late = Math.exp(-1);
  const inTime = 0.01 * (1 - 2 * late);
  const answered = (waits: readonly number[]) =>
    waits.reduce((sum, wait, attempt) => sum + late ** attempt * (wait * (1 - late) + inTime), 0) /
    (1 - late ** waits.length);

  test('succeeds with 1 − P(late)³, retries and times out as often as that says, and waits so long', () => {
    const runs = impatient('none');
    expectExact(runs.estimate('workloads.w.goodputRatio'), 1 - late ** 3, 0.015);
    expectExact(runs.estimate('workloads.w.retries.rate'), 100 * (late + late ** 2), 0.06);
    expectExact(runs.estimate('workloads.w.timedOut.rate'), 100 * late ** 3, 0.2);
    expectExact(runs.estimate('workloads.w.answeredLatency.mean'), answered([0, 0.01, 0.02]), 0.04);
    // The callee works on: every attempt is worked off.
    expectExact(runs.estimate('services.a.throughput'), 100 * (1 + late + late ** 2), 0.05);
  });

  test('backs off for half the bound on the mean, the bound doubling', () => {
    const runs = impatient('full-jitter, base: 100ms');
    expectExact(runs.estimate('workloads.w.answeredLatency.mean'), answered([0, 0.06, 0.17]), 0.08);
  });
});
