import { describe, expect, test, vi } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { Frame } from '../../../src/models/frame.ts';
import type { Instance } from '../../../src/models/services/instance.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import type { WorkloadRecord } from '../../../src/models/workloads/ledger.ts';
import { WorkloadModel } from '../../../src/models/workloads/model.ts';
import { stream } from '../../../src/sim/random/index.ts';
import { designOf } from '../harness.ts';

const storm = `
name: storm
run: { duration: 40s, warmUp: 0s }
regions: { near: eu-west-1, far: us-east-1 }
origins: { here: eu-central-1, there: us-east-2 }
workloads:
  w:
    arrivals: { rate: 80/s }
    from: { here: 60%, there: 40% }
    client: { timeout: 2s, retries: { max: 3, base: 20ms } }
    call: front.all
services:
  front:
    instances: 3
    threads: 40
    startup: 300ms
    cpu: { cores: 2 }
    operations:
      all:
        - work: { exponential: 10ms }
        - call: middle.some
        - parallel:
            - [ call: back.one, work: 2ms, call: back.one ]
            - [ repeat: { times: 3, do: [ call: back.one, work: 1ms ] } ]
            - [ async: [ wait: 300ms, call: middle.some ], wait: 5ms ]
  middle:
    instances: 3
    threads: 20
    queue: 20
    startup: 200ms
    operations: { some: [ repeat: { times: 2, do: [ call: back.one, wait: { exponential: 20ms } ] } ] }
  back:
    regions: [far]
    instances: 3
    threads: 12
    startup: 100ms
    cpu: { cores: 1, sharing: processor }
    operations: { one: [ work: { exponential: 2ms } ] }
`;

/** The same with all that callers can do about it, and what runs beside on executors. */
const guarded = storm
  .replace(
    'retries: { max: 3, base: 20ms } }',
    'retries: { max: 3, base: 20ms }, deadline: inherit, cancel: propagate }',
  )
  .replaceAll(
    'call: back.one',
    'call: { operation: back.one, timeout: 200ms, cancel: propagate, retries: { max: 2, base: 5ms } }',
  )
  .replaceAll(
    'call: middle.some',
    'call: { operation: middle.some, deadline: inherit, cancel: propagate, timeout: 700ms, circuitBreaker: { window: 20, minimumCalls: 10, openFor: 1s, halfOpenCalls: 3 } }',
  )
  .replace(
    '  front:\n',
    '  front:\n    executors: { beside: { threads: 4, queue: 4, reject: caller-runs }, updates: { threads: 8, queue: 8 } }\n',
  )
  .replace('async: [ wait: 300ms,', 'async: { on: beside, do: [ wait: 300ms,')
  .replace('} ], wait: 5ms ]', '} ] }, wait: 5ms ]')
  .replace(
    '        - parallel:\n',
    '        - parallel: { on: updates, branches: [[ wait: 20ms ], [ wait: { exponential: 30ms } ]] }\n        - parallel:\n',
  );

/** A storm: every 100 ms an instance somewhere loses its node, and another one starts. */
function weathered(yaml: string, run: number): Assembly {
  const assembly = new Assembly(designOf(yaml), 1, run);
  const { simulation } = assembly;
  const agenda = simulation.agenda();
  const random = stream(1, run, 'storm');
  const strike = () => {
    const name = ['front', 'middle', 'back'][Math.floor(random() * 3)];
    const region = name === 'back' || random() < 0.5 ? 'far' : 'near';
    const { members } = assembly.component<ServiceModel>(`services.${name}`).fleetIn(region);
    members[Math.floor(random() * members.length)].lost(simulation.now, 'crashed');
    if (simulation.now < 35e9) agenda.after(Math.floor(random() * 2e8), { fire: strike });
  };
  agenda.at(1e9, { fire: strike });
  assembly.run();
  return assembly;
}

const insideOf = (instance: Instance): Frame[] => (instance as unknown as { inside: Frame[] }).inside;

describe.each([
  ['nobody minds', storm, 0],
  ['nobody minds', storm, 1],
  ['nobody minds', storm, 2],
  ['everybody minds', guarded, 0],
  ['everybody minds', guarded, 1],
  ['everybody minds', guarded, 2],
])('in a storm of dying instances that %s (%#)', (_title, yaml, run) => {
  const assembly = weathered(yaml, run);
  const read = (metric: string) => assembly.readings().get(`workloads.w.${metric}`)?.num ?? Number.NaN;

  test('every operation ends one way or another, most with success after a retry', () => {
    const endings = ['succeeded', 'rejected', 'timedOut', 'failed', 'unfinished'].map(read);
    expect(endings.reduce((sum, ending) => sum + ending, 0)).toBe(read('arrivals'));
    expect(read('retries')).toBeGreaterThan(100);
    expect(read('succeeded')).toBeGreaterThan(0.7 * read('arrivals'));
  });

  test('the parts of the waterfall still add up and none is negative', () => {
    const { waterfall } = assembly.records()['workloads.w'] as WorkloadRecord;
    const parts = waterfall.flatMap(({ seconds }) => seconds);
    const latency = read('answeredLatency');
    expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - latency)).toBeLessThan(1e-9 * latency);
    expect(Math.min(...parts)).toBeGreaterThanOrEqual(0);
  });

  test('each thread that is held is held by a request that stands there, and nobody else is there', () => {
    for (const instance of instancesOf(assembly)) {
      const inside = insideOf(instance);
      expect(instance.threads?.held).toBe(inside.filter(({ holding }) => holding).length);
      inside.forEach((frame, slot) => {
        expect(frame.slot).toBe(slot);
        expect(onStack(frame)).toBe(true);
      });
    }
  });

  test('no cursor and no thread is lost: once nobody calls any more, all are given back', () => {
    const callers = vi.spyOn(WorkloadModel.prototype, 'fire').mockImplementation(() => {});
    assembly.simulation.run(assembly.simulation.now + 60e9);
    callers.mockRestore();
    expect(assembly.cursorsUnderWay).toBe(0);
    for (const instance of instancesOf(assembly))
      expect([instance.isIdle, instance.threads?.held]).toEqual([true, 0]);
  });
});

function instancesOf(assembly: Assembly): Instance[] {
  const at: [string, string[]][] = [
    ['front', ['near', 'far']],
    ['middle', ['near', 'far']],
    ['back', ['far']],
  ];
  return at.flatMap(([name, regions]) =>
    regions.flatMap((region) => assembly.component<ServiceModel>(`services.${name}`).fleetIn(region).ready),
  );
}

/** Whether the cursor of a frame stands in it. */
function onStack(frame: Frame): boolean {
  for (let each: Frame | null = frame.cursor.frame; each !== null; each = each.below)
    if (each === frame) return true;
  return false;
}
