import { describe, expect, test } from 'vitest';
import { sizeOrLinger, sizeOrTick } from '../../../src/models/algorithms/queueing/batch-wait.ts';
import { closedFormsOf } from '../../../src/models/closed-form.ts';
import { designOf, expectExact, type Runs, simulate } from '../harness.ts';

/** One instance, whose flush takes no time that an entry could notice. */
const batching = (rate: number, options: string) => `
name: batching
run: { duration: 2000s, warmUp: 20s }
workloads: { w: { arrivals: { rate: ${rate}/s }, call: s.append } }
services: { s: { operations: { append: [ batch: { name: ledger, ${options}, do: [ wait: 1us ] } ] } } }
`;

/** Batches end, so the mean over a run of 2,000 s is biased by less than one batch in a thousand at its ends. */
function agree(
  runs: Runs,
  figures: { meanWait: number; meanSize: number; flushRate: number; fullRatio: number },
) {
  expectExact(runs.estimate('batches.ledger.wait.mean'), figures.meanWait);
  expectExact(runs.estimate('batches.ledger.size.mean'), figures.meanSize);
  expectExact(runs.estimate('batches.ledger.flushes.rate'), figures.flushRate);
  // A share of some 8,000 batches a run, ten runs: its interval is 2% of 1, so more of a small share.
  expectExact(runs.estimate('batches.ledger.fullRatio'), figures.fullRatio, 0.02 / figures.fullRatio);
}

describe('waits and sizes of batches', () => {
  test.each([
    { rate: 20, size: 50, age: 2 },
    { rate: 20, size: 30, age: 2 },
  ])('of size or age are those of the closed form: $size or $age s at $rate/s', ({ age, rate, size }) => {
    const runs = simulate(batching(rate, `size: ${size}, maxAge: ${age}s`));
    agree(runs, sizeOrLinger({ arrivalRate: rate, size, linger: age }));
  });

  test.each([
    { rate: 20, size: 50, tick: 2 },
    { rate: 20, size: 15, tick: 2 },
    { rate: 2, size: 1000, tick: 1 },
  ])('of size or tick are those of the closed form: $size or $tick s at $rate/s', ({ rate, size, tick }) => {
    const runs = simulate(batching(rate, `size: ${size}, tick: ${tick}s`));
    const figures = sizeOrTick({ arrivalRate: rate, size, tick });
    if (figures.fullRatio > 0.01) {
      agree(runs, figures);
    } else {
      expectExact(runs.estimate('batches.ledger.wait.mean'), figures.meanWait);
      expectExact(runs.estimate('batches.ledger.size.mean'), figures.meanSize);
    }
  });

  test('stand beside the simulated ones where they hold, and nowhere else', () => {
    const form = (yaml: string) => closedFormsOf(designOf(yaml))['batches.ledger.wait.mean']?.value;
    const aged = batching(20, 'size: 50, maxAge: 2s');
    expect(form(aged)).toBe(sizeOrLinger({ arrivalRate: 20, size: 50, linger: 2 }).meanWait);
    expect(form(batching(20, 'size: 50, tick: 2s'))).toBe(
      sizeOrTick({ arrivalRate: 20, size: 50, tick: 2 }).meanWait,
    );
    expect(form(aged.replace('services: { s: {', 'services: { s: { instances: 2,'))).toBeUndefined();
    expect(form(aged.replace('append: [', 'append: [ work: 1ms,'))).toBeUndefined();
    expect(form(batching(20, 'size: 50, maxAge: 2s, locking: none'))).toBeUndefined();
  });
});

describe('entries in memory', () => {
  test('are as many as Little’s law wants: those that come, times how long each stays', () => {
    const runs = simulate(batching(20, 'size: 50, maxAge: 2s'));
    const { meanWait } = sizeOrLinger({ arrivalRate: 20, size: 50, linger: 2 });
    expectExact(runs.estimate('batches.ledger.inMemory.mean'), 20 * (meanWait + 1e-6));
  });

  test('are all accounted for: added, stored, or still in memory', () => {
    const runs = simulate(batching(20, 'size: 50, maxAge: 2s').replace('warmUp: 20s', 'warmUp: 0s'), {
      runs: 2,
    });
    const [entries, stored] = ['entries', 'throughput'].map((meter) =>
      runs.readings(`batches.ledger.${meter}`).map(({ num }) => num),
    );
    entries.forEach((added, run) => {
      expect(added).toBeGreaterThan(39_000);
      expect(added - stored[run]).toBeGreaterThanOrEqual(0);
      // What came in the last 2 s is in one open batch at most.
      expect(added - stored[run]).toBeLessThanOrEqual(50);
    });
  });
});
