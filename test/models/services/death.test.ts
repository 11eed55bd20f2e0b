import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { MeterReading } from '../../../src/models/meters.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { WorkloadModel } from '../../../src/models/workloads/model.ts';
import { designOf } from '../harness.ts';

/** Runs a scenario to an instant, kills instance 0 of a service, and runs it to the end. */
function killed(yaml: string, service: string, atSeconds: number): Assembly {
  const assembly = new Assembly(designOf(yaml), 1, 0);
  const { simulation } = assembly;
  simulation.agenda().at(atSeconds * 1e9, {
    fire: () => {
      const model = assembly.component<ServiceModel>(`services.${service}`);
      model.fleetIn('region').crash(0);
    },
  });
  assembly.run();
  return assembly;
}

const total = (assembly: Assembly, meter: string) => assembly.readings().get(meter)?.num ?? Number.NaN;

describe('an instance that dies', () => {
  test('fails who is inside at that instant, and what they had called works on without anybody', () => {
    const assembly = killed(
      `
name: caller dies
run: { duration: 10s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, call: front.x } }
services:
  front: { instances: 2, balancing: round-robin, operations: { x: [ call: back.y, work: 1ms ] } }
  back: { operations: { y: [ work: 300ms ] } }
`,
      'front',
      4.91,
    );
    // Those of 4.7 s, 4.8 s and 4.9 s are under way, in turns at either instance; back answers all three.
    expect(total(assembly, 'services.back.throughput')).toBe(total(assembly, 'workloads.w.arrivals') - 3);
    expect(total(assembly, 'workloads.w.failed')).toBe(2);
    expect(total(assembly, 'workloads.w.succeeded') + 2).toBe(total(assembly, 'workloads.w.arrivals'));
    expect(assembly.cursorsUnderWay).toBe(assembly.component<WorkloadModel>('workloads.w').backlog());
  });

  test('takes the branches along that run on it, and wakes nobody else', () => {
    const assembly = killed(
      `
name: branches die
run: { duration: 10s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, call: front.x } }
services:
  front:
    instances: 2
    balancing: round-robin
    operations:
      x:
        - parallel:
            - [ call: back.y, work: 5ms ]
            - [ wait: 250ms, work: 5ms ]
        - work: 1ms
        - async: [ wait: 1s ]
  back: { operations: { y: [ work: 300ms ] } }
`,
      'front',
      4.91,
    );
    expect(total(assembly, 'workloads.w.failed')).toBe(2);
    const { max, hist } = assembly.readings().get('workloads.w.answeredLatency') as MeterReading;
    expect([hist?.min, max]).toEqual([0.306, 0.306]);
  });

  test('forgets nobody and keeps nobody: a caller that was told of a crash is not there any more', () => {
    const assembly = killed(
      `
name: callee dies
run: { duration: 10s, warmUp: 0s }
workloads: { w: { arrivals: { rate: 10/s, process: deterministic }, call: front.x } }
services:
  front: { threads: 50, operations: { x: [ call: back.y, work: 1ms ] } }
  back: { instances: 2, balancing: round-robin, operations: { y: [ work: 300ms ] } }
`,
      'back',
      4.91,
    );
    expect(total(assembly, 'workloads.w.failed')).toBe(2);
    const front = assembly.component<ServiceModel>('services.front').fleetIn('region').ready[0];
    expect(front.threads?.held).toBe(front.inFlight);
    expect(front.threads?.held).toBe(assembly.component<WorkloadModel>('workloads.w').backlog());
    front.die('crashed');
    assembly.simulation.run(assembly.simulation.now + 1e9);
  });
});
