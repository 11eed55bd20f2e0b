import { expect, test } from 'vitest';
import { progressLine } from '../../src/cli/progress.ts';

const speed = { runs: 5, simulatedSeconds: 18_000, operations: 1_428_000, events: 3_995_000 };

/** A screen that keeps what is written, and a clock that a test sets. */
function screen(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const clock = { now: 0 };
  const line = progressLine({ isTTY, columns, write: (text) => written.push(text) }, () => clock.now);
  return { written, clock, line };
}

test('nothing is shown of what takes less than a second', () => {
  const { written, clock, line } = screen(true);
  clock.now = 999;
  line.update(0, 0.9, 1);
  expect(written).toEqual([]);
});

test('a terminal sees how much is done of all runs and how long the rest takes', () => {
  const { written, clock, line } = screen(true);
  clock.now = 500;
  line.update(0, 0.01, 4);
  clock.now = 6500;
  line.update(0, 1, 4);
  expect(written).toHaveLength(1);
  // 24.75% in 6 s since the first look; what came before it was the start of threads.
  expect(written[0]).toContain(' 25% of 4 runs, about 18 s left');
});

test('nobody is told how long the rest takes before a fiftieth is done', () => {
  const { written, clock, line } = screen(true);
  line.update(0, 0, 1);
  clock.now = 5000;
  line.update(0, 0.02, 1);
  clock.now = 6000;
  line.update(0, 0.03, 1);
  expect(written.map((text) => text.includes('left'))).toEqual([false, true]);
});

test('looks are a tenth of a second apart at least', () => {
  const { written, clock, line } = screen(true);
  for (clock.now = 2000; clock.now < 3000; clock.now += 10) line.update(0, clock.now / 10_000, 1);
  expect(written.length).toBe(10);
});

test('the line is never wider than the terminal and is erased before the speed is told', () => {
  const { written, clock, line } = screen(true, 40);
  clock.now = 17_000;
  line.update(0, 0.5, 5);
  line.end(speed);
  const erase = '\r\u001b[2K';
  expect(written[0].slice(erase.length).length).toBeLessThan(40);
  expect(written.slice(1)).toEqual([
    erase,
    '5 runs, 5 h simulated, in 17 s: 84k operations/s, 235k events/s\n',
  ]);
});

test('what is no terminal sees the speed alone', () => {
  const { written, clock, line } = screen(false);
  clock.now = 5000;
  line.update(0, 0.5, 1);
  line.end({ ...speed, runs: 1 });
  expect(written).toEqual(['1 run, 5 h simulated, in 5 s: 286k operations/s, 799k events/s\n']);
});

test('of several things one after the other it is told when all of them are done', () => {
  const written: string[] = [];
  const clock = { now: 0 };
  const line = progressLine(
    { isTTY: true, columns: 80, write: (text) => written.push(text) },
    () => clock.now,
    {
      title: '3 of about 9: 1.5× ',
      barColumns: 12,
      rest: 60_000,
    },
  );
  line.update(0, 0, 1);
  clock.now = 5000;
  line.update(0, 0.5, 1);
  // Half took 5 s, so 5 s more of this, and a minute of what follows.
  expect(written.at(-1)).toMatch(/3 of about 9: 1\.5× ██████░░░░░░ {2}50% of 1 run, all in about 1\.1 m$/);
});
