import { describe, expect, it } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import { Flights, Landed } from '../../../src/models/caches/flights.ts';
import type { Cursor } from '../../../src/models/cursor.ts';
import { CursorPool } from '../../../src/models/cursor-pool.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import { Step } from '../../../src/models/step.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { designOf, runOf } from '../harness.ts';

/** A thousand reads a second of one note, which takes 95 ms to load, in one region without delays. */
const stampede = (cache: string, more = '') => `
name: Stampede
run: { duration: 1s, warmUp: 1us, begin: empty }
keys: { note: { count: 1 } }
workloads:
  reads: { arrivals: { rate: 1000/s, process: deterministic }, keys: [note], call: web.show }
  ${more}
services:
  web: { operations: { show: [get: { from: notes, miss: [wait: 95ms, call: store.read] }] } }
  store: { threads: 1, queue: 0, operations: { read: [work: 10us], hold: [work: 1h] } }
caches: { notes: { key: note, entries: 10, serviceTime: { get: 1us, put: 1us }, threads: 100, ${cache} } }
`;
const read = (yaml: string) => {
  const readings = runOf(yaml).readings();
  return (meter: string) => readings.get(meter)?.num;
};

describe('single flight', () => {
  it('of a hundred misses at the same time one loads and the others wait for it', () => {
    const of = read(stampede('singleFlight: true'));
    expect(of('caches.notes.loads')).toBe(1);
    expect(of('services.store.arrivals')).toBe(1);
    // The first read comes at 1 ms, its load ends at 96.012 ms: reads 2 to 96 wait for it.
    expect(of('caches.notes.singleFlightJoins')).toBe(95);
    expect(of('workloads.reads.succeeded')).toBe(999);
  });

  it('without it each of them loads', () => {
    const of = read(stampede('singleFlight: false'));
    expect(of('caches.notes.loads')).toBe(96);
    expect(of('caches.notes.singleFlightJoins')).toBe(0);
    expect(of('services.store.arrivals')).toBe(96);
  });

  it('who joined waits until the load has landed, and no longer', () => {
    const { max, num, n } = runOf(stampede('singleFlight: true'))
      .readings()
      .get('workloads.reads.answeredLatency') as {
      max: number;
      num: number;
      n: number;
    };
    // Lookup 1 µs, load 95 ms and 10 µs, write 1 µs; of those that joined at k ms, k less.
    const load = 0.001e-3 + 95e-3 + 0.01e-3 + 0.001e-3;
    expect(max).toBeCloseTo(load, 12);
    const joined = Array.from({ length: 95 }, (_, at) => load - (at + 1) * 1e-3).reduce(
      (sum, each) => sum + each,
    );
    expect(num).toBeCloseTo(load + joined + (n - 96) * 1e-6, 9);
  });

  it('a load that fails fails for all who waited for it', () => {
    const busy = 'blocker: { arrivals: { rate: 10000/s, process: deterministic }, call: store.hold }';
    const of = read(stampede('singleFlight: true', busy));
    // The store's only thread is held from 0.1 ms on. A load fails after 95 ms, and takes all that joined along.
    expect(of('workloads.reads.succeeded')).toBe(0);
    expect(of('caches.notes.loads')).toBe(11);
    expect((of('caches.notes.singleFlightJoins') as number) + 11).toBe(of('caches.notes.lookups'));
    const rejected = of('workloads.reads.rejected') as number;
    expect(rejected).toBeGreaterThan(950);
  });

  it('a load fails with the instance that began it, also for those who wait on other instances', () => {
    const yaml = stampede('singleFlight: true').replace(
      'web: {',
      'web: { instances: 2, balancing: round-robin,',
    );
    const killed = (slot: number) => {
      const assembly = new Assembly(designOf(yaml), 1, 0);
      assembly.simulation.agenda().at(50.5e6, {
        fire: () => assembly.component<ServiceModel>('services.web').fleetIn('region').crash(slot),
      });
      assembly.run();
      const readings = assembly.readings();
      return (meter: string) => readings.get(meter)?.num;
    };
    // Reads 1 to 50 are under way at 50.5 ms, in turns on either instance; read 1 loads on the first one.
    const leader = killed(0);
    expect(leader('workloads.reads.failed')).toBe(50);
    expect(leader('caches.notes.loads')).toBe(2);
    const others = killed(1);
    expect(others('workloads.reads.failed')).toBe(25);
    expect(others('caches.notes.loads')).toBe(1);
  });

  it('regions do not share their loads', () => {
    const of = read(
      `${stampede('singleFlight: true')}
regions: { us: {}, eu: {} }
origins: { US: us-east-1, EU: eu-west-1 }
network: { preset: none, links: [{ between: [US, eu], roundTrip: 1ms }, { between: [EU, us], roundTrip: 1ms }] }
`.replace('keys: [note]', 'keys: [note], from: { US: 50%, EU: 50% }'),
    );
    expect(of('caches.notes.in.us.loads')).toBe(1);
    expect(of('caches.notes.in.eu.loads')).toBe(1);
  });
});

describe('a load under way', () => {
  class Arrived extends Step {
    readonly cursors: Cursor[] = [];
    constructor() {
      super(undefined as unknown as Step);
    }
    enter(cursor: Cursor): void {
      this.cursors.push(cursor);
    }
  }

  it('does not wake a cursor that has died meanwhile and lives another life', () => {
    const simulation = new Simulation();
    const pool = new CursorPool(simulation);
    pool.seal(1);
    const arrived = new Arrived();
    const landed = new Landed(arrived, 0);
    const flight = new Flights().open(7);
    const [leader, dead, alive] = [pool.take(), pool.take(), pool.take()];
    flight.join(dead, 0, landed);
    flight.join(alive, 0, landed);
    dead.release();
    const reborn = pool.take();
    expect(reborn).toBe(dead);
    reborn.awaitAt(arrived);
    flight.leave(leader, 0, null);
    simulation.run(1);
    expect(arrived.cursors).toEqual([alive]);
  });

  it('keeps who joined until it has heard that the entry is missing', () => {
    const simulation = new Simulation();
    const pool = new CursorPool(simulation);
    pool.seal(1);
    const arrived = new Arrived();
    const flight = new Flights().open(7);
    const [leader, late] = [pool.take(), pool.take()];
    flight.join(late, 500, new Landed(arrived, 0));
    flight.leave(leader, 0, null);
    simulation.run(499);
    expect(arrived.cursors).toEqual([]);
    simulation.run(500);
    expect(arrived.cursors).toEqual([late]);
  });
});
