import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import type { Component } from '../../../src/models/kind.ts';
import { designOf, problemsOf, readingOf, runOf } from '../harness.ts';

/** Lost from 60 s to 120 s; one checker a second notices within a second or two; no DNS. */
const returning = (recovery: string, window = 'duration: 20m, warmUp: 0s') => `
run: { ${window} }
regions: { a: {}, b: {} }
origins: { o: { location: nowhere } }
network: { preset: none }
routing:
  policy: anycast
  convergence: 0s
  health: { checkers: 1, interval: 1s, failures: 1, successes: 1, timeout: 1s }
  recovery: ${recovery}
workloads: { w: { arrivals: { rate: 100/s }, from: { o: 100% }, client: { timeout: 500ms }, call: s.x } }
services: { s: { startup: 1ms, operations: { x: [ work: 1ms ] } } }
faults: { f: { fault: region-outage, region: a, at: 60s, for: 60s } }
`;

/** What the timeline says of the recovery: at which second, what. */
const told = ({ timeline }: Assembly) =>
  timeline.occurrences
    .filter(({ what }) => what.startsWith('recovery of a: '))
    .map(({ at, what }) => [Math.round(at), what.slice('recovery of a: '.length)] as const);

/** A run in which some component is not what it is. */
function altered(
  yaml: string,
  id: string,
  change: (component: Component & Record<string, unknown>, assembly: Assembly) => void,
): Assembly {
  const assembly = new Assembly(designOf(yaml), 1, 0);
  change(assembly.component(id), assembly);
  assembly.run();
  return assembly;
}

describe('a region that is back', () => {
  test('is given a tenth of its traffic, then a fifth more each minute', () => {
    const steps = told(runOf(returning('{ start: 10%, step: 20%, every: 1m }')));
    expect(steps.map(([, what]) => what)).toEqual([
      'given 10% of its traffic',
      'given 30% of its traffic',
      'given 50% of its traffic',
      'given 70% of its traffic',
      'given 90% of its traffic',
      'given all of its traffic',
      'its callers are back',
    ]);
    expect(steps[5][0] - steps[0][0]).toBe(300);
    expect(steps[0][0]).toBeGreaterThanOrEqual(120);
    expect(steps[0][0]).toBeLessThanOrEqual(122);
  });

  test('has that share of the requests in each step', () => {
    // The third step, half of the traffic, holds from 242 s to 301 s at least.
    const yaml = returning('{ start: 10%, step: 20%, every: 1m }', 'duration: 301s, warmUp: 242s');
    const share = readingOf(runOf(yaml), 'routing.in.a.share');
    // Three standard deviations of a share of a half over 59 s at 100/s.
    expect(Math.abs(share - 0.5)).toBeLessThan(3 * Math.sqrt(0.25 / 5900));
  });

  test('has all of it at once where no recovery is asked for', () => {
    const steps = told(runOf(returning('{}').replace('  recovery: {}\n', '')));
    expect(steps.map(([, what]) => what)).toEqual(['given all of its traffic', 'its callers are back']);
  });

  test('waits until every store there has caught up', () => {
    const assembly = altered(returning('{ every: 10s }'), 'services.s', (service, { simulation }) => {
      service.isCaughtUp = () => simulation.now > 300e9;
    });
    const [waits, begins] = told(assembly);
    expect(waits[1]).toBe('waits until it has caught up');
    expect(begins).toEqual([expect.closeTo(301, 0), 'given 10% of its traffic']);
  });

  test('waits for nothing where it is given traffic once it is healthy', () => {
    const assembly = altered(returning('{ when: healthy }'), 'services.s', (service) => {
      service.isCaughtUp = () => false;
    });
    expect(told(assembly)[0][1]).toBe('given 10% of its traffic');
  });

  test('is given no more while the monitor is not content, and less again if it had more', () => {
    const contents = [true, true, false, false, false, true];
    const assembly = altered(returning('{ every: 10s }'), 'monitoring', (monitor) => {
      monitor.isContent = () => contents.shift() ?? true;
    });
    const steps = told(assembly).map(([, what]) => what);
    expect(steps.slice(0, 7)).toEqual([
      'given 10% of its traffic',
      'given 30% of its traffic',
      'given 50% of its traffic',
      'given 30% of its traffic, the monitor is not content',
      'given 10% of its traffic, the monitor is not content',
      'no more for now, the monitor is not content',
      'given 30% of its traffic',
    ]);
  });

  test('that is lost again begins anew', () => {
    const yaml = returning('{ every: 1m }').replace(
      'faults: { ',
      'faults: { again: { fault: region-outage, region: a, at: 200s, for: 60s }, ',
    );
    const steps = told(runOf(yaml)).map(([, what]) => what);
    expect(steps.slice(0, 4)).toEqual([
      'given 10% of its traffic',
      'given 30% of its traffic',
      'given 10% of its traffic',
      'given 30% of its traffic',
    ]);
  });

  test('is kept out for a while when it falls again and again', () => {
    const flaps = Array.from(
      { length: 3 },
      (_, at) => `f${at}: { fault: region-outage, region: a, at: ${200 + 20 * at}s, for: 10s }`,
    ).join(', ');
    const yaml = returning('{ when: healthy }')
      .replace('timeout: 1s }', 'timeout: 1s, damping: { halfLife: 2m } }')
      .replace('faults: { ', `faults: { ${flaps}, `);
    const notes = runOf(yaml).timeline.occurrences.map(({ what }) => what);
    expect(notes.filter((what) => what.includes('it fell too often'))).not.toEqual([]);
  });
});

test('a recovery that begins with more than everything is refused', () => {
  expect(problemsOf(returning('{ start: 110% }'))).not.toEqual([]);
});
