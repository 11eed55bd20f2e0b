import { describe, expect, test } from 'vitest';
import { mg1 } from '../../../src/models/algorithms/queueing/mg1.ts';
import { mm1 } from '../../../src/models/algorithms/queueing/mm1.ts';
import { mmc } from '../../../src/models/algorithms/queueing/mmc.ts';
import { mmck } from '../../../src/models/algorithms/queueing/mmck.ts';
import { processorSharing } from '../../../src/models/algorithms/queueing/processor-sharing.ts';
import { expectExact, simulate } from '../harness.ts';

/** One service called by one stream, in 20 runs that each begin empty and forget their first 5 s. */
function simulateQueue(rate: number, service: string, seconds: number, process = 'poisson') {
  return simulate(
    `
name: one queue
run: { duration: ${seconds + 5}s, warmUp: 5s }
workloads: { w: { arrivals: { rate: ${rate}/s, process: ${process} }, call: desk.serve } }
services: { desk: { ${service} } }
`,
    { runs: 20 },
  );
}

const exponential10 = 'operations: { serve: [ { work: { exponential: 10ms } } ] }';

describe('one station', () => {
  test('with one thread is M/M/1: mean, p50, p99, wait, utilization, throughput', () => {
    const exact = mm1({ arrivalRate: 60, serviceRate: 100 });
    const runs = simulateQueue(60, `threads: 1, ${exponential10}`, 50);
    expectExact(runs.estimate('workloads.w.latency.mean'), exact.meanSojourn, 0.08);
    expectExact(runs.estimate('workloads.w.latency.p50'), exact.sojournQuantile(0.5), 0.08);
    expectExact(runs.estimate('workloads.w.latency.p99'), exact.sojournQuantile(0.99), 0.18);
    expectExact(runs.estimate('services.desk.latency.mean'), exact.meanSojourn, 0.08);
    expectExact(runs.estimate('services.desk.wait.mean'), exact.meanWait, 0.12);
    expectExact(runs.estimate('services.desk.utilization'), exact.utilization, 0.03);
    expectExact(runs.estimate('workloads.w.throughput'), 60, 0.02);
  });

  test('with three threads is M/M/3: mean, p99, wait, utilization', () => {
    const exact = mmc({ arrivalRate: 210, serviceRate: 100, servers: 3 });
    const runs = simulateQueue(210, `threads: 3, ${exponential10}`, 18);
    expectExact(runs.estimate('workloads.w.latency.mean'), exact.meanSojourn, 0.06);
    expectExact(runs.estimate('workloads.w.latency.p99'), exact.sojournQuantile(0.99), 0.15);
    expectExact(runs.estimate('services.desk.wait.mean'), exact.meanWait, 0.16);
    expectExact(runs.estimate('services.desk.utilization'), exact.utilization, 0.02);
  });

  test('with two cores that work in order of coming is M/M/2', () => {
    const exact = mmc({ arrivalRate: 120, serviceRate: 100, servers: 2 });
    const runs = simulateQueue(120, `cpu: { cores: 2 }, ${exponential10}`, 25);
    expectExact(runs.estimate('workloads.w.latency.mean'), exact.meanSojourn, 0.07);
    expectExact(runs.estimate('workloads.w.latency.p90'), exact.sojournQuantile(0.9), 0.08);
    expectExact(runs.estimate('services.desk.utilization'), exact.utilization, 0.02);
  });

  test('with half a core is M/M/1 at half the speed', () => {
    const exact = mm1({ arrivalRate: 30, serviceRate: 50 });
    const runs = simulateQueue(30, `cpu: { cores: 0.5 }, ${exponential10}`, 80);
    expectExact(runs.estimate('workloads.w.latency.mean'), exact.meanSojourn, 0.12);
    expectExact(runs.estimate('services.desk.utilization'), exact.utilization, 0.04);
  });

  test.each([
    [0, 'constant: 10ms', 0.08],
    [0.5, 'lognormal: { mean: 10ms, cv: 0.5 }', 0.08],
    [2, 'gamma: { mean: 10ms, cv: 2 }', 0.25],
  ])('with one thread and work of cv %d waits as Pollaczek and Khinchine say', (serviceCv, work, within) => {
    const exact = mg1({ arrivalRate: 60, meanService: 0.01, serviceCv });
    const runs = simulateQueue(60, `threads: 1, operations: { serve: [ { work: { ${work} } } ] }`, 60);
    expectExact(runs.estimate('services.desk.wait.mean'), exact.meanWait, within);
    expectExact(runs.estimate('workloads.w.latency.mean'), exact.meanSojourn, within);
  });

  test('with three threads and room for two is M/M/3/5: who is turned away, and the mean of the others', () => {
    const exact = mmck({ arrivalRate: 300, serviceRate: 100, servers: 3, capacity: 5 });
    const runs = simulateQueue(300, `threads: 3, queue: 2, ${exponential10}`, 10);
    expectExact(runs.estimate('workloads.w.goodputRatio'), 1 - exact.lossProbability, 0.015);
    expectExact(runs.estimate('workloads.w.rejected.rate'), 300 * exact.lossProbability, 0.08);
    expectExact(runs.estimate('workloads.w.answeredLatency.mean'), exact.meanSojourn, 0.03);
    expectExact(runs.estimate('services.desk.utilization'), exact.utilization, 0.02);
  });

  test.each([
    ['exponential', '{ exponential: 10ms }', 0.08],
    ['very uneven', '{ gamma: { mean: 10ms, cv: 2 } }', 0.14],
  ])('that shares its core evenly has the mean of M/M/1 for %s work', (_, work, within) => {
    const exact = processorSharing({ arrivalRate: 60, meanService: 0.01 });
    const operations = `operations: { serve: [ { work: ${work} } ] }`;
    const runs = simulateQueue(60, `cpu: { cores: 1, sharing: processor }, ${operations}`, 45);
    expectExact(runs.estimate('workloads.w.latency.mean'), exact.meanSojourn, within);
    expectExact(runs.estimate('services.desk.utilization'), exact.utilization, within);
  });

  test('that shares three cores evenly has the mean of M/M/3', () => {
    const exact = processorSharing({ arrivalRate: 210, meanService: 0.01, servers: 3 });
    const runs = simulateQueue(210, `cpu: { cores: 3, sharing: processor }, ${exponential10}`, 15);
    expectExact(runs.estimate('workloads.w.latency.mean'), exact.meanSojourn, 0.08);
  });

  test('with one thread and callers like clockwork is D/M/1', () => {
    // σ = e^(−μ(1−σ)/λ), the chance to wait; W = 1/(μ(1−σ)).
    let sigma = 0.5;
    for (let step = 0; step < 200; step += 1) sigma = Math.exp((-100 * (1 - sigma)) / 70);
    const runs = simulateQueue(70, `threads: 1, ${exponential10}`, 40, 'deterministic');
    expectExact(runs.estimate('workloads.w.latency.mean'), 1 / (100 * (1 - sigma)), 0.07);
    expectExact(runs.estimate('services.desk.wait.mean'), sigma / (100 * (1 - sigma)), 0.12);
    const counts = runs.readings('workloads.w.arrivals').map(({ num }) => num);
    expect(new Set(counts)).toEqual(new Set([2800]));
  });
});
