import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Simulation } from '../../src/sim/simulation.ts';
import { TimeoutRing } from '../../src/sim/timeout-ring.ts';

describe('a ring of timeouts', () => {
  test('calls each when its time has passed, in the order of arming, however many there are', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 500 }), (between, length) => {
        const simulation = new Simulation();
        const agenda = simulation.agenda();
        const ring = new TimeoutRing(simulation.agenda(), length);
        const fired: [number, number][] = [];
        const target = {
          awaits: () => true,
          timedOut: (token: number) => fired.push([simulation.now, token]),
        };
        let at = 0;
        const expected = between.map((gap, token): [number, number] => {
          at += gap;
          agenda.at(at, { fire: () => ring.arm(simulation.now, target, token) });
          return [at + length, token];
        });
        simulation.run(1e6);
        expect(fired).toEqual(expected);
      }),
      { seed: 1 },
    );
  });

  test('calls nobody early when who is called arms anew at once', () => {
    const simulation = new Simulation();
    const ring = new TimeoutRing(simulation.agenda(), 100);
    const fired: number[] = [];
    const target = {
      awaits: () => true,
      timedOut: (token: number) => {
        fired.push(simulation.now);
        if (token < 3) ring.arm(simulation.now, target, token + 1);
      },
    };
    ring.arm(0, target, 0);
    simulation.run(1000);
    expect(fired).toEqual([100, 200, 300, 400]);
    expect(simulation.pending).toBe(0);
  });

  test('passes over what was answered, and still fires what waits behind it in its own time', () => {
    const simulation = new Simulation();
    const agenda = simulation.agenda();
    const ring = new TimeoutRing(simulation.agenda(), 100);
    const fired: [number, number][] = [];
    const waiting = new Set([2, 5]);
    const target = {
      awaits: (token: number) => waiting.has(token),
      timedOut: (token: number) => fired.push([simulation.now, token]),
    };
    for (let token = 0; token < 8; token += 1) {
      agenda.at(token * 10, { fire: () => ring.arm(simulation.now, target, token) });
    }
    simulation.run(1000);
    // Token 0 had an event from its arming; whoever was answered after that one is passed over.
    expect(fired).toEqual([
      [100, 0],
      [120, 2],
      [150, 5],
    ]);
    expect(simulation.events).toBe(8 + 3);
  });
});
