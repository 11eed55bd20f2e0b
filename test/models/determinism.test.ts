import { describe, expect, test } from 'vitest';
import { Assembly } from '../../src/models/assemble.ts';
import { designOf, runOf } from './harness.ts';

const busy = (client: string, think = '2s') => `
name: two workloads
run: { duration: 30s, warmUp: 3s }
regions: { near: eu-west-1, far: us-east-1 }
origins: { here: eu-central-1, there: us-east-2 }
keys: { account: { count: 1000, skew: { zipf: 1 } } }
workloads:
  calm:
    arrivals: { rate: 40/s }
    from: { here: 70%, there: 30% }
    keys: [account]
    call: own.x
  chatty:
    arrivals: { rate: 5/s }
    from: { here: 50%, there: 50% }
    session: { turns: { uniform: { min: 1, max: 9 } }, think: { exponential: ${think} } }
    call: own.x
  pushy:
    arrivals: { rate: 40/s }
    client: { ${client} }
    call: contended.x
services:
  own: { instances: 3, operations: { x: [ { work: { exponential: 20ms } }, { parallel: [ [ wait: 1ms ], [ wait: { exponential: 1ms } ] ] } ] } }
  contended: { threads: 1, queue: 5, operations: { x: [ work: { exponential: 20ms } ] } }
`;

/** All that a run says, as text. */
function said(assembly: Assembly, only = ''): string {
  const readings = [...assembly.readings()].filter(([id]) => id.startsWith(only));
  return JSON.stringify(
    readings.map(([id, { hist, ...reading }]) => [
      id,
      reading,
      hist === undefined ? [] : [...hist.buckets()],
    ]),
  );
}

const patient = 'timeout: 1h';
const retrying = 'timeout: 30ms, retries: { max: 3, base: 10ms }';

describe('a run', () => {
  test('is a function of scenario, seed and number: twice the same, to the last digit', () => {
    const [first, second] = [runOf(busy(retrying)), runOf(busy(retrying))];
    expect(second.simulation.fingerprint).toBe(first.simulation.fingerprint);
    expect(said(second)).toBe(said(first));
    expect(JSON.stringify(second.records())).toBe(JSON.stringify(first.records()));
    expect(JSON.stringify([...second.timeline.series.values()])).toBe(
      JSON.stringify([...first.timeline.series.values()]),
    );
  });

  test('does not depend on where it is paused', () => {
    const design = designOf(busy(retrying));
    const whole = new Assembly(design, 1, 0);
    whole.simulation.run(20e9);
    const paused = new Assembly(design, 1, 0);
    for (let at = 0; at <= 20e9; at += 37_123_457) paused.simulation.run(Math.min(at, 20e9));
    paused.simulation.run(20e9);
    expect(paused.simulation.fingerprint).toBe(whole.simulation.fingerprint);
    expect(paused.simulation.events).toBe(whole.simulation.events);
  });

  test('differs under another seed and under another number', () => {
    const fingerprints = [runOf(busy(retrying)), runOf(busy(retrying), 2), runOf(busy(retrying), 1, 1)].map(
      ({ simulation }) => simulation.fingerprint,
    );
    expect(new Set(fingerprints).size).toBe(3);
  });
});

describe('under a change of design', () => {
  const before = runOf(busy(patient));

  test('one workload’s retries change nothing for another: same callers, same keys, same work', () => {
    const after = runOf(busy(retrying));
    expect(said(after, 'workloads.pushy')).not.toBe(said(before, 'workloads.pushy'));
    for (const other of ['workloads.calm', 'workloads.chatty', 'services.own'])
      expect(said(after, other)).toBe(said(before, other));
  });

  test('another think time changes who is in mid-life, and nobody who comes later', () => {
    const after = runOf(busy(patient, '4s'));
    expect(said(after, 'workloads.chatty.arrivals')).not.toBe(said(before, 'workloads.chatty.arrivals'));
    expect(said(after, 'workloads.chatty.sessions')).toBe(said(before, 'workloads.chatty.sessions'));
    expect(said(after, 'workloads.calm')).toBe(said(before, 'workloads.calm'));
  });
});
