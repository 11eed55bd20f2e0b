import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Line, missed } from '../../../src/sim/stations/line.ts';

const job = fc.record({ gap: fc.integer({ min: 0, max: 30 }), work: fc.integer({ min: 0, max: 60 }) });

/** The dumb version: at each arrival, look at every server. */
function planByHand(jobs: { at: number; work: number }[], servers: number) {
  const free = new Array<number>(servers).fill(0);
  return jobs.map(({ at, work }) => {
    const server = free.indexOf(Math.min(...free));
    const start = Math.max(at, free[server]);
    free[server] = start + work;
    return { at, start, departure: start + work };
  });
}

const overlap = (from: number, to: number, a: number, b: number) =>
  Math.max(0, Math.min(to, b) - Math.max(from, a));

function arrivals(jobs: { gap: number; work: number }[]) {
  let now = 0;
  return jobs.map(({ gap, work }) => {
    now += gap;
    return { at: now, work };
  });
}

describe('a Line', () => {
  test('departs as a first-come-first-served station of c servers does', () => {
    fc.assert(
      fc.property(fc.array(job, { maxLength: 120 }), fc.integer({ min: 1, max: 4 }), (jobs, servers) => {
        const line = new Line(servers);
        const list = arrivals(jobs);
        expect(list.map(({ at, work }) => line.serve(at, work))).toEqual(
          planByHand(list, servers).map(({ departure }) => departure),
        );
      }),
      { seed: 1 },
    );
  });

  test('credits busy and waiting time between start and departure, inside the window and never ahead of the clock', () => {
    fc.assert(
      fc.property(
        fc.array(job, { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 600 }),
        (jobs, servers, from, length) => {
          const line = new Line(servers);
          const list = arrivals(jobs);
          const to = from + length;
          let isOpen = false;
          for (const { at, work } of list) {
            if (at >= to) break;
            if (!isOpen && at >= from) {
              line.resetWindow(from);
              isOpen = true;
            }
            line.serve(at, work);
          }
          if (!isOpen) line.resetWindow(from);
          const plan = planByHand(
            list.filter(({ at }) => at < to),
            servers,
          );
          const seen = line.observe(to);
          expect(seen.busyTicks).toBe(
            plan.reduce((sum, { start, departure }) => sum + overlap(start, departure, from, to), 0),
          );
          expect(seen.waitingTicks).toBe(
            plan.reduce((sum, { at, start }) => sum + overlap(at, start, from, to), 0),
          );
          expect(seen.serverTicks).toBe(servers * length);
          expect(seen.busyTicks).toBeLessThanOrEqual(seen.serverTicks);
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  test('knows who waits and who is served at an instant', () => {
    const line = new Line(2);
    line.serve(0, 10);
    line.serve(0, 20);
    line.serve(1, 5);
    line.serve(2, 5);
    expect([line.busyServers(2), line.queueLength(2)]).toEqual([2, 2]);
    expect([line.busyServers(10), line.queueLength(10)]).toEqual([2, 1]);
    expect([line.busyServers(20), line.queueLength(20)]).toEqual([0, 0]);
  });

  test('drops a job whose turn comes after its deadline, and gives its time to the next', () => {
    const line = new Line(1);
    expect(line.serve(0, 100)).toBe(100);
    expect(line.serve(10, 50, null, 99)).toBe(missed);
    expect(line.serve(20, 50, null, 100)).toBe(150);
  });

  test('a further server takes who waits, and tells each when it will leave now', () => {
    const told: [string, number][] = [];
    const customer = (name: string) => ({ replan: (at: number) => told.push([name, at]) });
    const line = new Line(1);
    line.serve(0, 100, customer('a'));
    line.serve(0, 100, customer('b'));
    line.serve(0, 100, customer('c'));
    line.changeServers(50, 2);
    expect(told).toEqual([
      ['b', 150],
      ['c', 200],
    ]);
    expect(line.observe(250)).toMatchObject({ busyTicks: 300, serverTicks: 1 * 50 + 2 * 200 });
  });

  test('a server that goes finishes what is in its hands', () => {
    const line = new Line(2);
    line.serve(0, 100);
    line.serve(0, 200);
    line.changeServers(50, 1);
    expect(line.serve(60, 10)).toBe(210);
  });

  test('a crash loses what would leave later, and nothing that has left', () => {
    const customer = (name: string) => ({ name, replan: () => {} });
    const line = new Line(1);
    line.serve(0, 10, customer('done'));
    line.serve(0, 30, customer('served'));
    line.serve(5, 30, customer('waits'));
    expect(line.crash(20)).toMatchObject([{ name: 'served' }, { name: 'waits' }]);
    expect(line.observe(20)).toMatchObject({ busyTicks: 20 });
    expect(line.serve(25, 5)).toBe(30);
  });

  test('refuses to go back in time', () => {
    const line = new Line(1);
    line.serve(10, 1);
    expect(() => line.serve(9, 1)).toThrow('after 10');
  });
});
