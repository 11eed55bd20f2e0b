import { describe, expect, test, vi } from 'vitest';
import { Modulation } from '../../../src/models/algorithms/arrivals/modulation.ts';
import { Assembly } from '../../../src/models/assemble.ts';
import type { KeyPopulation } from '../../../src/models/contracts/keys.ts';
import { PoissonArrivals } from '../../../src/models/workloads/arrivals.ts';
import type { ClientOperation } from '../../../src/models/workloads/client-operation.ts';
import { surge } from '../../../src/models/workloads/faults.ts';
import { Ledger } from '../../../src/models/workloads/ledger.ts';
import { type LoadProfile, loadProfile } from '../../../src/models/workloads/load-profile.ts';
import type { WorkloadModel } from '../../../src/models/workloads/model.ts';
import { stream } from '../../../src/sim/random/streams.ts';
import { designOf } from '../harness.ts';

/** Rates changed from outside at an instant, against a profile that has the same changes in it. */
describe('a rate that is scaled while the next arrival is awaited', () => {
  const steps: [instant: number, factor: number][] = [
    [7.3, 3],
    [7.31, 5],
    [20.05, 0.01],
    [95, 1],
  ];
  const factorAt = (instant: number) => steps.findLast(([from]) => from <= instant)?.[1] ?? 1;
  const sawtooth: LoadProfile = {
    rateAt: (instant) => 1 + (Math.floor(instant + 1e-9) % 5),
    nextChange: (instant) => Math.floor(instant + 1e-9) + 1,
  };
  const withSteps = (profile: LoadProfile): LoadProfile => ({
    rateAt: (instant) => profile.rateAt(instant) * factorAt(instant),
    nextChange: (instant) =>
      Math.min(profile.nextChange(instant), ...steps.map(([from]) => from).filter((from) => from > instant)),
  });
  const flat = loadProfile(2, { shape: 'flat' });
  const states = [
    { factor: 9, last: 0.7 },
    { factor: 0, last: 3 },
  ];
  const bursts = () => {
    const random = stream(5, 0, 'bursts');
    return new Modulation(states, 0, random);
  };

  test.each([
    ['a flat profile', flat, () => undefined],
    ['a profile of many changes', sawtooth, () => undefined],
    ['bursts with nothing between them', sawtooth, bursts],
  ])('gives the arrivals of %s that has these factors in it', (_, profile, modulation) => {
    const random = stream(9, 0, 'gaps');
    const gaps = Array.from({ length: 300 }, () => -Math.log(random()));
    const reference = new PoissonArrivals(withSteps(profile), 0, modulation());
    const expected = gaps.map((gap) => reference.next(gap));

    const arrivals = new PoissonArrivals(profile, 0, modulation());
    const pending = [...steps];
    const found = gaps.map((gap) => {
      let next = arrivals.next(gap);
      while (pending.length > 0 && pending[0][0] <= next) next = arrivals.scale(...pending.splice(0, 1)[0]);
      return next;
    });
    expect(pending).toEqual([]);
    expect(found.at(-1)).toBeGreaterThan(95);
    found.forEach((instant, at) => {
      expect(instant).toBeCloseTo(expected[at], 7);
    });
  });
});

const trades = (more = '') => `
name: surge
run: { duration: 300s, warmUp: 0s, begin: empty }
keys:
  accountId: { count: 500, skew: { zipf: 0.9 } }
  instrumentId: { count: 200, skew: { zipf: 1.1 } }
  order: { each: operation }
workloads:
  trades:
    arrivals: { rate: 200/s }
    keys: [accountId, instrumentId, order]
    ${more}
    call: a.x
services: { a: { operations: { x: [] } } }
`;

interface Arrival {
  readonly seconds: number;
  readonly account: number;
  readonly instrument: number;
}

type Options = Parameters<typeof surge.begin>[0];

/** A run with surges, each from an instant to another (seconds). */
function runWith(surges: [from: number, to: number, options: Options][], more = '') {
  const assembly = new Assembly(designOf(trades(more)), 1, 0);
  const { simulation } = assembly;
  const { wiring } = assembly.component<WorkloadModel>('workloads.trades');
  for (const [from, to, options] of surges) {
    let end: (() => void) | undefined;
    const agenda = wiring.agenda();
    agenda.at(from * 1e9, {
      fire: () => {
        end = surge.begin(options, { wiring, name: 'surge', length: (to - from) * 1e9 });
      },
    });
    agenda.at(to * 1e9, { fire: () => end?.() });
  }
  const arrivals: Arrival[] = [];
  const { opened } = Ledger.prototype;
  const spy = vi.spyOn(Ledger.prototype, 'opened').mockImplementation(function (
    this: Ledger,
    operation: ClientOperation,
  ) {
    const [account, instrument] = operation.keys;
    arrivals.push({ seconds: simulation.now / 1e9, account, instrument });
    opened.call(this, operation);
  });
  try {
    assembly.run();
  } finally {
    spy.mockRestore();
  }
  const instruments = assembly.component<KeyPopulation>('keys.instrumentId');
  const between = (from: number, to: number) =>
    arrivals.filter(({ seconds }) => seconds >= from && seconds < to && seconds < 300);
  return { arrivals, instruments, between };
}

const named = (name: string) => ({ section: '', name }) as never;
const ofTrades = { workload: named('trades') };
const hotInstrument = { ...ofTrades, key: named('instrumentId'), share: 0.3 };

/** Claims that a share is what it should be: within 3.3 standard deviations of a binomial (99.9%). */
function expectShare(arrivals: readonly Arrival[], is: (arrival: Arrival) => boolean, share: number) {
  const count = arrivals.filter(is).length;
  const sigma = Math.sqrt(arrivals.length * share * (1 - share));
  expect(Math.abs(count - arrivals.length * share)).toBeLessThan(3.3 * sigma);
}

describe('a surge of one instrument', () => {
  const { between, instruments } = runWith([[100, 200, hotInstrument]]);
  const hot = instruments.valueAt(0);
  const isHot = ({ instrument }: Arrival) => instrument === hot;

  test('gives it its share for as long as it lasts, and before and after what it has by itself', () => {
    expectShare(between(100, 200), isHot, 0.3);
    const own = instruments.share(hot);
    expect(own).toBeLessThan(0.25);
    expectShare(between(0, 100), isHot, own);
    expectShare(between(200, 300), isHot, own);
  });

  test('leaves the others in their proportions', () => {
    const others = between(100, 200).filter((arrival) => !isHot(arrival));
    let chiSquared = 0;
    for (let rank = 1; rank <= 50; rank += 1) {
      const value = instruments.valueAt(rank);
      const expected = (others.length * instruments.share(value)) / (1 - instruments.share(hot));
      const count = others.filter(({ instrument }) => instrument === value).length;
      chiSquared += (count - expected) ** 2 / expected;
    }
    // χ² with 50 degrees of freedom: 86.7 at 99.9%.
    expect(chiSquared).toBeLessThan(86.7);
  });

  test('moves no arrival, no account, and no instrument but to the hot one', () => {
    const calm = runWith([]).arrivals;
    const stormy = runWith([[100, 200, hotInstrument]]).arrivals;
    expect(stormy.length).toBe(calm.length);
    const moved = stormy.filter((arrival, at) => {
      expect([arrival.seconds, arrival.account]).toEqual([calm[at].seconds, calm[at].account]);
      return arrival.instrument !== calm[at].instrument;
    });
    expect(moved.length).toBeGreaterThan(1000);
    expect(moved.every((arrival) => isHot(arrival) && arrival.seconds >= 100 && arrival.seconds < 200)).toBe(
      true,
    );
  });
});

describe('surges', () => {
  test('of a named value, and of two values at a time, give each its share', () => {
    const { between } = runWith([
      [50, 250, { ...hotInstrument, value: 17 }],
      [100, 250, { ...hotInstrument, value: 4, share: 0.4 }],
    ]);
    expectShare(between(50, 100), ({ instrument }) => instrument === 17, 0.3);
    expectShare(between(100, 250), ({ instrument }) => instrument === 17, 0.3);
    expectShare(between(100, 250), ({ instrument }) => instrument === 4, 0.4);
  });

  test('multiply the rate from the first arrival on to the last', () => {
    const { between } = runWith([
      [100, 200, { ...ofTrades, factor: 4 }],
      [150, 200, { ...ofTrades, factor: 0.5 }],
    ]);
    for (const [from, to, rate] of [
      [0, 100, 200],
      [100, 101, 800],
      [101, 150, 800],
      [150, 200, 400],
      [200, 201, 200],
      [201, 300, 200],
    ]) {
      const expected = rate * (to - from);
      expect(Math.abs(between(from, to).length - expected)).toBeLessThan(3.3 * Math.sqrt(expected));
    }
  });

  test('reach the sessions that begin in them', () => {
    const { between } = runWith([[100, 200, hotInstrument]], 'session: { turns: 2, think: 1ms }');
    const { instruments } = runWith([]);
    const hot = instruments.valueAt(0);
    const calls = between(100, 200);
    const count = calls.filter(({ instrument }) => instrument === hot).length;
    // Both calls of a session are of one instrument: half as many are independent.
    const sigma = Math.sqrt(2 * calls.length * 0.3 * 0.7);
    expect(Math.abs(count - calls.length * 0.3)).toBeLessThan(3.3 * sigma);
  });
});

describe('a surge is refused', () => {
  const design = designOf(trades());
  test.each([
    [{ ...ofTrades }, /nothing surges/],
    [{ ...ofTrades, share: 0.3 }, /share is of no key/],
    [{ ...ofTrades, key: named('instrumentId') }, /no share of instrumentId/],
    [{ ...hotInstrument, key: named('order') }, /new each time/],
    [{ ...hotInstrument, key: named('unknown') }, /do not carry unknown/],
    [{ ...hotInstrument, share: 0.1 }, /hottest instrumentId has .* anyway/],
    [{ ...hotInstrument, value: 200 }, /no instrumentId number 200/],
  ] as [Options, RegExp][])('where nothing could come of it: %j', (options, message) => {
    expect(surge.check?.(options, design).map((finding) => finding.message)).toEqual([
      expect.stringMatching(message),
    ]);
  });

  test('never where it makes sense', () => {
    for (const options of [hotInstrument, { ...hotInstrument, value: 4 }, { ...ofTrades, factor: 2 }]) {
      expect(surge.check?.(options, design)).toEqual([]);
    }
  });
});
