import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { WorkloadModel } from '../../../src/models/workloads/model.ts';
import { designOf, problemsOf, readingOf, runOf } from '../harness.ts';

const total = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;

const desk = (faults: string, service = 'instances: 4') => `
run: { duration: 10m, warmUp: 0s }
regions: { here: us-east-1, there: eu-west-1 }
network: { preset: none }
workloads: { w: { arrivals: { rate: 20/s, process: deterministic }, call: desk.serve } }
services: { desk: { regions: [here], balancing: round-robin, startup: 20s, ${service}, operations: { serve: [ wait: 100ms ] } } }
faults: { f: { ${faults}, service: desk, at: 2m } }
`;

/** Spans of time (seconds) by the number of instances that are ready. */
function readyOver(assembly: Assembly, instants: readonly number[]): number[] {
  const { values } = assembly.timeline.series.get('services.desk.in.here.instances') as {
    values: Float64Array;
  };
  return instants.map((instant) => {
    const bucket = Math.floor(instant / assembly.timeline.bucketSeconds);
    const known = values.slice(0, bucket + 1).findLast((value) => !Number.isNaN(value));
    return known ?? Number.NaN;
  });
}

describe('an instance that crashes', () => {
  test('fails who is inside, and is there again after its startup', () => {
    const assembly = runOf(desk('fault: instance-crash'));
    // Two requests are under way at any time, in turns at four instances: of those two at most one.
    expect(total(assembly, 'workloads.w.failed')).toBeLessThanOrEqual(1);
    expect(total(assembly, 'workloads.w.failed') + total(assembly, 'workloads.w.succeeded')).toBe(
      total(assembly, 'workloads.w.arrivals'),
    );
    expect(readyOver(assembly, [119, 124, 138, 145])).toEqual([4, 3, 3, 4]);
    expect(readingOf(assembly, 'services.desk.in.here.instances')).toBeCloseTo(4 - 20 / 600, 6);
    const crash = assembly.timeline.occurrences.find(({ component }) => component === 'services.desk');
    expect(crash).toMatchObject({ at: 120, what: expect.stringMatching(/^here instance \d crashes$/) });
  });

  test('is one of all, drawn anew in each run', () => {
    const yaml = desk('fault: instance-crash').replace('10m', '3m');
    const struck = [...Array(20).keys()].map(
      (run) => runOf(yaml, 1, run).timeline.occurrences.find(({ what }) => what.includes('crashes'))?.what,
    );
    // 20 draws of 4: fewer than 3 different ones has probability below 6 · 0.5^20.
    expect(new Set(struck).size).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['count: 3', 1],
    ['count: 4', 0],
    ['share: 50%', 2],
    ['share: 10%', 3],
    ['instance: 2', 3],
  ])('comes as often as it says: %s', (how, left) => {
    expect(readyOver(runOf(desk(`fault: instance-crash, ${how}`)), [125])).toEqual([left]);
  });

  test('stays away for the time of the fault where that has one', () => {
    const assembly = runOf(desk('fault: instance-crash, count: 2, for: 90s'));
    expect(readyOver(assembly, [125, 205, 225, 235])).toEqual([2, 2, 2, 4]);
  });

  test('is started again later each time it dies again', () => {
    const again = [2, 3, 4, 5]
      .map((minute) => `f${minute}: { fault: instance-crash, service: desk, instance: 0, at: ${minute}m }`)
      .join(', ');
    const yaml = desk('', 'instances: 1').replace(/faults: .*/, `faults: { ${again} }`);
    // 20 s of startup each time, and before it 0, 10, 20 and 40 s.
    expect(readingOf(runOf(yaml), 'services.desk.in.here.instances')).toBeCloseTo(
      1 - (20 + 30 + 40 + 60) / 600,
      6,
    );
  });

  test('is no pod less to the autoscaler, which asks for none in its stead', () => {
    const manifest = `{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: h },
      spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: d }, minReplicas: 4, maxReplicas: 9,
        metrics: [ { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } } ] } }`;
    const assembly = runOf(
      desk('fault: instance-crash', `instances: 4, cpu: { cores: 1 }, autoscale: { manifest: ${manifest} }`),
    );
    expect(readyOver(assembly, [124, 145, 500])).toEqual([3, 4, 4]);
    expect(total(assembly, 'services.desk.scaleUps')).toBe(0);
  });

  test('that loses its node while it is down is replaced, and does not come back', () => {
    const assembly = new Assembly(designOf(desk('fault: instance-crash, for: 60s', 'instances: 1')), 1, 0);
    const model = assembly.component<ServiceModel>('services.desk');
    assembly.simulation.run(130e9);
    const [member] = model.fleetIn('here').members;
    member.lost(assembly.simulation.now, 'node lost');
    assembly.run();
    expect(model.fleetIn('here').members).toHaveLength(1);
    expect(model.fleetIn('here').ready).toHaveLength(1);
    expect(model.fleetIn('here').members[0]).not.toBe(member);
    expect(assembly.cursorsUnderWay).toBe(assembly.component<WorkloadModel>('workloads.w').backlog());
  });
});

describe('an instance that is slow', () => {
  const slowed = (faults: string, cpu: string) =>
    runOf(desk(faults, `instances: 1, ${cpu}`).replace('wait: 100ms', 'work: 10ms'));

  test.each(['cpu: { cores: 1 }', 'cpu: { cores: 1, sharing: processor }', 'threads: 4'])(
    'takes so much longer for what it computes, for its time: %s',
    (cpu) => {
      const assembly = slowed('fault: instance-slow, factor: 3, for: 1m', cpu);
      const { hist, max } = assembly.readings().get('workloads.w.latency') as never as {
        hist: { min: number };
        max: number;
      };
      expect([hist.min, max]).toEqual([0.01, 0.03]);
      const served = total(assembly, 'workloads.w.succeeded');
      expect(readingOf(assembly, 'workloads.w.latency')).toBeCloseTo(0.01 + (0.02 * 60 * 20) / served, 9);
    },
  );

  test('is as fast as ever afterwards, whatever slowed it meanwhile', () => {
    const assembly = new Assembly(
      designOf(
        desk('fault: instance-slow, factor: 1.5, for: 3m', 'instances: 1, cpu: { cores: 1 }')
          .replace('wait: 100ms', 'work: 10ms')
          .replace(
            'faults: {',
            'faults: { g: { fault: instance-slow, service: desk, factor: 2, at: 3m, for: 5m },',
          ),
      ),
      1,
      0,
    );
    assembly.run();
    const { hist } = assembly.readings().get('workloads.w.latency') as never as {
      hist: { min: number; max: number };
    };
    expect([hist.min, hist.max]).toEqual([0.01, 0.03]);
    const last = assembly.timeline.series.get('workloads.w.latency.p50')?.values.at(-1);
    // In a histogram of 512 to the octave: half a bucket, 0.07%.
    expect(last).toBeGreaterThan(0.00999);
    expect(last).toBeLessThan(0.01001);
  });
});

describe('refused is', () => {
  test.each([
    ['a service that nobody has', 'fault: instance-crash, service: desc', 'desc'],
    [
      'a region where it does not stand',
      'fault: instance-crash, region: there',
      'desk does not stand in there',
    ],
    ['an instance that is not there', 'fault: instance-crash, instance: 4', 'there is no instance 4'],
    ['how many said twice', 'fault: instance-crash, count: 2, share: 50%', 'said twice'],
    ['several of one', 'fault: instance-crash, instance: 1, count: 2', 'is one'],
    ['more than all', 'fault: instance-crash, share: 120%', '120%'],
    ['slowness that speeds up', 'fault: instance-slow, factor: 0.5', '0.5'],
    ['slowness without measure', 'fault: instance-slow', 'factor'],
  ])('%s', (_title, faults, message) => {
    const yaml = faults.includes('service:')
      ? desk(faults).replace(', service: desk, at', ', at')
      : desk(faults);
    expect(problemsOf(yaml).join()).toContain(message);
  });
});
