import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Simulation } from '../../../src/sim/simulation.ts';
import { Shared } from '../../../src/sim/stations/shared.ts';

function play(jobs: { at: number; work: number }[], servers: number): number[] {
  const simulation = new Simulation();
  const agenda = simulation.agenda();
  const shared = new Shared(simulation.agenda(), simulation, servers);
  const departures = jobs.map(() => Number.NaN);
  jobs.forEach(({ at, work }, index) => {
    const finished = () => {
      departures[index] = simulation.now;
    };
    agenda.at(at, { fire: () => shared.serve(work, { finished }) });
  });
  simulation.run(1e15);
  return departures;
}

describe('a Shared station', () => {
  test('gives each of two jobs half a server', () => {
    expect(
      play(
        [
          { at: 0, work: 100 },
          { at: 0, work: 100 },
        ],
        1,
      ),
    ).toEqual([200, 200]);
  });

  test('goes back to full speed for who is left', () => {
    expect(
      play(
        [
          { at: 0, work: 100 },
          { at: 50, work: 10 },
        ],
        1,
      ),
    ).toEqual([110, 70]);
  });

  test('gives nobody more than one server', () => {
    expect(
      play(
        [
          { at: 0, work: 100 },
          { at: 0, work: 40 },
        ],
        4,
      ),
    ).toEqual([100, 40]);
  });

  test('keeps one event pending however many come, as long as none is done before those present', () => {
    const simulation = new Simulation();
    const shared = new Shared(simulation.agenda(), simulation, 1);
    let ended = 0;
    for (let job = 0; job < 1000; job += 1) shared.serve(1000 + job, { finished: () => (ended += 1) });
    expect(simulation.pending).toBe(1);
    simulation.run(1e9);
    expect(ended).toBe(1000);
    // Each departure is rounded up to a whole nanosecond.
    const work = 1000 * 1000 + 499_500;
    const { busyTicks } = shared.observe();
    expect(busyTicks - work).toBeGreaterThanOrEqual(0);
    expect(busyTicks - work).toBeLessThanOrEqual(1000);
    expect(simulation.pending).toBe(0);
  });

  test('keeps up with small steps of fluid sharing, to a nanosecond a departure', () => {
    const job = fc.record({ at: fc.integer({ min: 0, max: 200 }), work: fc.integer({ min: 1, max: 100 }) });
    fc.assert(
      fc.property(
        fc.array(job, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 3 }),
        (jobs, servers) => {
          const exact = fluid(jobs, servers);
          play(jobs, servers).forEach((departure, index) => {
            // Each departure is rounded up to a whole nanosecond; what follows may carry one such rounding a job.
            expect(Math.abs(departure - exact[index])).toBeLessThanOrEqual(jobs.length);
          });
        },
      ),
      { seed: 3 },
    );
  });
});

/** Event by event with exact rates: the definition of processor sharing. */
function fluid(jobs: { at: number; work: number }[], servers: number): number[] {
  const left = jobs.map(({ work }) => work);
  const ends = jobs.map(() => Number.NaN);
  const came = (index: number, now: number) => jobs[index].at <= now + 1e-9;
  let now = 0;
  for (;;) {
    const present = jobs.flatMap((_, index) =>
      came(index, now) && Number.isNaN(ends[index]) ? [index] : [],
    );
    const coming = jobs.filter((_, index) => !came(index, now)).map(({ at }) => at);
    if (present.length === 0 && coming.length === 0) return ends;
    const rate = Math.min(1, servers / present.length);
    const next = Math.min(...coming, ...present.map((index) => now + left[index] / rate));
    for (const index of present) {
      left[index] -= (next - now) * rate;
      if (left[index] <= 1e-9) ends[index] = next;
    }
    now = next;
  }
}
