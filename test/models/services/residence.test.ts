import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { ConsumerTally } from '../../../src/models/consumers/model.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import { designOf, readingOf, runOf } from '../harness.ts';

const consumed = (service: string, topic = 'partitions: 6,') => `
name: residence
run: { duration: 20s, warmUp: 2s }
regions: { us: us-east-1 }
network: { jitter: 0%, sameRegion: 2ms }
keys: { id: { each: operation } }
workloads: { w: { arrivals: { rate: 100/s, process: deterministic }, keys: [id], call: a.go } }
services:
  a: { operations: { go: [ publish: t ] } }
  b: { ${service} operations: { take: [ work: 3ms ] } }
clusters: { c: { brokers: 3 } }
topics: { t: { cluster: c, key: id, ${topic} } }
consumers: { g: { topic: t, call: b.take, sessionTimeout: 2s, heartbeatInterval: 500ms } }
`;

describe('what lives on an instance calls it', () => {
  test('without the network', () => {
    const run = runOf(consumed('instances: 6,'));
    expect(readingOf(run, 'services.b.latency')).toBeCloseTo(3e-3, 12);
    // One millisecond for the answer that brings it; some records find their member at work.
    const lag = run.readings().get('consumers.g.lagSeconds');
    expect(lag?.hist?.quantile(0.5)).toBeCloseTo(4e-3, 5);
  });

  test('on its own threads and cores, as everybody else', () => {
    const run = runOf(consumed('instances: 2, threads: 1, cpu: { cores: 1 },'));
    expect(readingOf(run, 'services.b.utilization')).toBeCloseTo((100 * 3e-3) / 2, 3);
    expect(readingOf(run, 'services.b.threadUtilization')).toBeCloseTo((100 * 3e-3) / 2, 3);
  });

  test('until it dies: then another instance reads on, and nothing is lost', () => {
    const assembly = new Assembly(designOf(consumed('instances: 3,')), 1, 0);
    assembly.simulation.agenda().at(8.0015e9, {
      fire: () => {
        const { members, standAside } = assembly
          .component<ServiceModel>('services.b')
          .fleetIn('us') as never as {
          members: { lost(now: number, reason: string): void }[];
          standAside: unknown;
        };
        void standAside;
        members[0].lost(assembly.simulation.now, 'crashed');
      },
    });
    assembly.run();
    const { readable, consumed: done, lagging, failed } = assembly.records()['consumers.g'] as ConsumerTally;
    expect(done + lagging).toBe(readable);
    expect(failed).toBe(0);
    expect(lagging).toBeLessThan(5);
    expect(readingOf(assembly, 'services.b.in.us.instances')).toBeLessThan(3);
  });
});
