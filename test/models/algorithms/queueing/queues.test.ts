import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB } from '../../../../src/models/algorithms/queueing/erlang-b.ts';
import { allenCunneen, kingman } from '../../../../src/models/algorithms/queueing/ggc.ts';
import { mg1 } from '../../../../src/models/algorithms/queueing/mg1.ts';
import { mm1 } from '../../../../src/models/algorithms/queueing/mm1.ts';
import { erlangC, mmc } from '../../../../src/models/algorithms/queueing/mmc.ts';
import { mmck } from '../../../../src/models/algorithms/queueing/mmck.ts';
import { processorSharing } from '../../../../src/models/algorithms/queueing/processor-sharing.ts';
import type { QueueFigures } from '../../../../src/models/algorithms/queueing/queue-figures.ts';
import { tandem } from '../../../../src/models/algorithms/queueing/tandem.ts';

const infinite = Number.POSITIVE_INFINITY;

/** ∫₀^end, by the midpoint rule. */
function integrate(f: (x: number) => number, end: number, steps = 200_000): number {
  const width = end / steps;
  let sum = 0;
  for (let step = 0; step < steps; step++) sum += f((step + 0.5) * width);
  return sum * width;
}

/** Agreement to so many digits, relative. */
function close(actual: number, expected: number, digits = 9): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(10 ** -digits * Math.abs(expected));
}

const load = fc.record({
  servers: fc.integer({ min: 1, max: 40 }),
  serviceRate: fc.double({ min: 0.01, max: 100, noNaN: true }),
  utilization: fc.double({ min: 0.01, max: 0.98, noNaN: true }),
});
const everyLoad = (
  check: (rates: { arrivalRate: number; serviceRate: number; servers: number }) => void,
): void =>
  fc.assert(
    fc.property(load, ({ servers, serviceRate, utilization }) =>
      check({ arrivalRate: utilization * servers * serviceRate, serviceRate, servers }),
    ),
    { seed: 7 },
  );

describe('M/M/1', () => {
  it('at 80/s and 10 ms stays 50 ms on average, 230 ms at the 99th percentile', () => {
    const queue = mm1({ arrivalRate: 80, serviceRate: 100 });
    close(queue.meanSojourn, 0.05);
    close(queue.meanWait, 0.04);
    close(queue.meanInSystem, 4);
    close(queue.meanWaiting, 3.2);
    close(queue.sojournQuantile(0.99), 0.05 * Math.log(100));
    close(queue.waitQuantile(0.99), 0.05 * Math.log(80));
    expect(queue.waitQuantile(0.2)).toBe(0);
  });

  it('is M/M/c with one server, in every figure', () => {
    everyLoad(({ arrivalRate: total, serviceRate, servers }) => {
      const arrivalRate = total / servers;
      const one = mm1({ arrivalRate, serviceRate });
      const many = mmc({ arrivalRate, serviceRate, servers: 1 });
      for (const name of Object.keys(one) as (keyof QueueFigures)[]) {
        const figures = [one[name], many[name]];
        if (typeof figures[0] === 'number') close(figures[1] as number, figures[0]);
      }
      for (const probability of [0.1, 0.5, 0.9, 0.999]) {
        close(many.waitQuantile(probability), one.waitQuantile(probability));
        close(many.sojournQuantile(probability), one.sojournQuantile(probability));
      }
    });
  });

  it('has no steady state at or beyond saturation', () => {
    for (const arrivalRate of [100, 150]) {
      for (const queue of [
        mm1({ arrivalRate, serviceRate: 100 }),
        mmc({ arrivalRate, serviceRate: 100, servers: 1 }),
      ]) {
        expect(queue).toMatchObject({ meanWait: infinite, meanSojourn: infinite, meanInSystem: infinite });
        expect(queue.utilization).toBe(arrivalRate / 100);
        expect([
          queue.waitQuantile(0.5),
          queue.sojournQuantile(0.5),
          queue.waitTail(9),
          queue.sojournTail(9),
        ]).toEqual([infinite, infinite, 1, 1]);
      }
    }
  });

  it('stands idle without arrivals', () => {
    expect(mm1({ arrivalRate: 0, serviceRate: 4 })).toMatchObject({
      meanWait: 0,
      meanSojourn: 0.25,
      meanInSystem: 0,
    });
    expect(mmc({ arrivalRate: 0, serviceRate: 4, servers: 3 })).toMatchObject({
      meanWait: 0,
      meanSojourn: 0.25,
    });
  });

  it('takes no rate below zero and no half server', () => {
    expect(() => mm1({ arrivalRate: -1, serviceRate: 1 })).toThrow(RangeError);
    expect(() => mm1({ arrivalRate: 1, serviceRate: 0 })).toThrow(RangeError);
    expect(() => mmc({ arrivalRate: 1, serviceRate: 1, servers: 1.5 })).toThrow(RangeError);
  });
});

describe("Erlang's B", () => {
  /** aᶜ/c! over Σ aⁿ/n!, in whole numbers: exact up to one division. */
  function exactly(load: number, servers: number): number {
    let term = 1n;
    for (let n = 1n; n <= servers; n++) term *= n;
    let sum = 0n;
    for (let n = 0; n <= servers; n++) {
      if (n > 0) term = (term * BigInt(load)) / BigInt(n);
      sum += term;
    }
    return Number((term * 10n ** 18n) / sum) / 1e18;
  }

  it('recursion meets the formula', () => {
    for (const [a, c] of [
      [1, 1],
      [2, 5],
      [10, 10],
      [10, 20],
      [50, 40],
      [120, 130],
    ]) {
      close(erlangB(a, c), exactly(a, c), 12);
    }
  });

  it('meets the printed tables: 10 Erlang on 10 lines 21.46%, 5 on 10 1.84%, 20 on 30 0.846%', () => {
    expect(erlangB(10, 10)).toBeCloseTo(0.2146, 4);
    expect(erlangB(5, 10)).toBeCloseTo(0.0184, 4);
    expect(erlangB(20, 30)).toBeCloseTo(0.00846, 5);
  });

  it('is what M/M/c/c loses', () => {
    everyLoad(({ arrivalRate, serviceRate, servers }) => {
      const { lossProbability } = mmck({ arrivalRate, serviceRate, servers, capacity: servers });
      close(lossProbability, erlangB(arrivalRate / serviceRate, servers));
    });
  });

  it('stays a probability with thousands of servers', () => {
    expect(erlangB(10_000, 10_000)).toBeCloseTo(0.00793, 4); // about √(2/πc) for a = c, Jagerman 1974
  });
});

describe('M/M/c', () => {
  it("works out a textbook's eye clinic: 3 doctors, 6 patients an hour, 20 minutes each", () => {
    // Gross & Harris, example 3.1: L_q = 8/9, W_q = 4/27 h.
    const clinic = mmc({ arrivalRate: 6, serviceRate: 3, servers: 3 });
    close(clinic.meanWaiting, 8 / 9);
    close(clinic.meanWait, 4 / 27);
    close(clinic.meanSojourn, 4 / 27 + 1 / 3);
    close(clinic.meanInSystem, 26 / 9);
    close(clinic.waitingProbability, 4 / 9);
  });

  it('waits as often as the sum over states says', () => {
    everyLoad(({ arrivalRate, serviceRate, servers }) => {
      const a = arrivalRate / serviceRate;
      let term = 1;
      let below = 0;
      for (let n = 0; n < servers; n++) {
        below += term;
        term *= a / (n + 1);
      }
      const waiting = (term * servers) / (servers - a);
      close(erlangC(a, servers), waiting / (below + waiting));
    });
  });

  it.each([
    { name: 'few servers', arrivalRate: 4, serviceRate: 3, servers: 2 },
    {
      name: 'cμ − λ = μ, where the general formula divides by zero',
      arrivalRate: 3,
      serviceRate: 3,
      servers: 2,
    },
    { name: 'next to that case', arrivalRate: 3.000001, serviceRate: 3, servers: 2 },
    { name: 'a light load', arrivalRate: 2, serviceRate: 3, servers: 5 },
  ])(
    'stays in the system for a wait and a service, convolved: $name',
    ({ arrivalRate, serviceRate, servers }) => {
      const queue = mmc({ arrivalRate, serviceRate, servers });
      for (const time of [0.05, 0.4, 2]) {
        const convolved =
          Math.exp(-serviceRate * time) +
          integrate((s) => serviceRate * Math.exp(-serviceRate * s) * queue.waitTail(time - s), time);
        close(queue.sojournTail(time), convolved, 8);
      }
      close(integrate(queue.sojournTail, 60 * queue.meanSojourn), queue.meanSojourn, 6);
      close(queue.sojournTail(queue.sojournQuantile(0.95)), 0.05);
      close(queue.waitTail(queue.waitQuantile(0.99)), Math.min(0.01, queue.waitingProbability));
    },
  );

  it('keeps its tails where the exponents are large', () => {
    const slow = mmc({ arrivalRate: 1999.9, serviceRate: 1000, servers: 2 });
    close(slow.sojournTail(20), slow.waitTail(20) * (1000 / 999.9), 6);
    const fast = mmc({ arrivalRate: 1, serviceRate: 1, servers: 5000 });
    close(fast.sojournTail(30), Math.exp(-30));
  });

  it('pools: two servers on one queue wait less than half as long as two queues', () => {
    everyLoad(({ arrivalRate: total, serviceRate, servers }) => {
      const arrivalRate = total / servers;
      const apart = mm1({ arrivalRate, serviceRate });
      const pooled = mmc({ arrivalRate: 2 * arrivalRate, serviceRate, servers: 2 });
      expect(pooled.meanWait).toBeLessThan(apart.meanWait / 2);
    });
  });
});

describe('M/M/c/K', () => {
  it("works out a textbook's inspection station: 3 stalls, room for 7, one car a minute, 6 minutes each", () => {
    // Gross & Harris, example 2.4 (4th ed.): L_q = 3.09, L = 6.06, and 30.4 cars an hour that go elsewhere, from a p(0)
    // rounded to 0.00088.
    const station = mmck({ arrivalRate: 1, serviceRate: 1 / 6, servers: 3, capacity: 7 });
    expect(station.meanWaiting).toBeCloseTo(3.09, 2);
    expect(station.meanInSystem).toBeCloseTo(6.06, 2);
    expect(Math.abs((60 * station.lossProbability) / 30.4 - 1)).toBeLessThan(0.000005 / 0.00088);
  });

  it('has one place and one server: it loses ρ/(1 + ρ)', () => {
    close(mmck({ arrivalRate: 3, serviceRate: 2, servers: 1, capacity: 1 }).lossProbability, 0.6);
  });

  it('becomes M/M/c as room grows', () => {
    const rates = { arrivalRate: 7, serviceRate: 2, servers: 5 };
    const open = mmc(rates);
    const roomy = mmck({ ...rates, capacity: 400 });
    for (const name of [
      'meanWait',
      'meanSojourn',
      'meanWaiting',
      'meanInSystem',
      'waitingProbability',
    ] as const) {
      close(roomy[name], open[name]);
    }
    close(roomy.waitTail(0.7), open.waitTail(0.7));
    close(roomy.waitQuantile(0.99), open.waitQuantile(0.99), 8);
  });

  it("obeys Little's law and the conservation of work, overloaded too", () => {
    for (const arrivalRate of [0.001, 1, 4, 9, 500]) {
      const options = { arrivalRate, serviceRate: 2, servers: 3, capacity: 12 };
      const queue = mmck(options);
      close(queue.throughput * queue.meanSojourn, queue.meanInSystem);
      close(queue.throughput, arrivalRate * (1 - queue.lossProbability));
      close(queue.utilization * 6, queue.throughput);
      const end = queue.waitQuantile(1 - 1e-12) || 1;
      expect(integrate(queue.waitTail, end, 20_000)).toBeCloseTo(queue.meanWait, 7);
      expect(queue.waitTail(0)).toBeCloseTo(queue.waitingProbability, 12);
    }
  });

  it('overflows nowhere: a thousand servers, a load of ten or a million', () => {
    const light = mmck({ arrivalRate: 10, serviceRate: 1, servers: 1000, capacity: 2000 });
    close(light.meanInSystem, 10);
    const heavy = mmck({ arrivalRate: 1e6, serviceRate: 1, servers: 1000, capacity: 2000 });
    close(heavy.throughput, 1000);
    close(heavy.lossProbability, 1 - 1e-3, 6);
  });
});

describe('M/G/1', () => {
  it('is M/M/1 for cv 1, and waits half as long for constant work', () => {
    const exponential = mm1({ arrivalRate: 80, serviceRate: 100 });
    close(mg1({ arrivalRate: 80, meanService: 0.01, serviceCv: 1 }).meanWait, exponential.meanWait);
    close(mg1({ arrivalRate: 80, meanService: 0.01, serviceCv: 0 }).meanWait, exponential.meanWait / 2);
    close(mg1({ arrivalRate: 80, meanService: 0.01, serviceCv: 1 }).meanInSystem, exponential.meanInSystem);
  });

  it('waits λE[S²] / 2(1 − ρ): work of 1 s or 9 s, evenly, at 0.1 a second', () => {
    // E[S] = 5, E[S²] = 41, cv = 4/5: 0.1 · 41 / (2 · 0.5).
    close(mg1({ arrivalRate: 0.1, meanService: 5, serviceCv: 0.8 }).meanWait, 4.1);
  });

  it('has no steady state at saturation', () => {
    expect(mg1({ arrivalRate: 1, meanService: 1, serviceCv: 0 }).meanWait).toBe(infinite);
  });
});

describe('processor sharing', () => {
  it('stays as long as M/M/1 on one core, whatever the service time is like', () => {
    const shared = processorSharing({ arrivalRate: 80, meanService: 0.01 });
    close(shared.meanSojourn, 0.05);
    close(shared.slowdown, 5);
    close(shared.meanSojournOf(0.002), 0.01);
  });

  it('stays as long as M/M/c on c cores', () => {
    const shared = processorSharing({ arrivalRate: 6, meanService: 1 / 3, servers: 3 });
    close(shared.meanSojourn, 4 / 27 + 1 / 3);
  });
});

describe('queues in tandem', () => {
  it('add up', () => {
    const line = tandem({
      arrivalRate: 3,
      stations: [{ serviceRate: 4 }, { serviceRate: 5 }, { serviceRate: 2, servers: 2 }],
    });
    // 1/(4−3) + 1/(5−3) + M/M/2 at ρ = 3/4: 1/μ(1 − ρ²) = 8/7.
    close(line.meanSojourn, 1 + 0.5 + 8 / 7);
    close(line.meanInSystem, 3 * line.meanSojourn);
    expect(line.bottleneck).toBe(0);
  });

  it('have no steady state where one has none', () => {
    const line = tandem({ arrivalRate: 3, stations: [{ serviceRate: 4 }, { serviceRate: 3 }] });
    expect(line).toMatchObject({ meanSojourn: infinite, bottleneck: 1 });
  });
});

describe('G/G/c', () => {
  it('is exact where it should be: M/M/c, and M/G/1', () => {
    const clinic = { arrivalRate: 6, arrivalCv: 1, meanService: 1 / 3, serviceCv: 1, servers: 3 };
    close(allenCunneen(clinic).meanWait, 4 / 27);
    const general = { arrivalRate: 0.1, arrivalCv: 1, meanService: 5, serviceCv: 0.8 };
    close(kingman(general).meanWait, 4.1);
  });

  it('waits nowhere under a clock and constant work, until it is overloaded', () => {
    const clock = { arrivalCv: 0, meanService: 1, serviceCv: 0, servers: 2 };
    expect(allenCunneen({ ...clock, arrivalRate: 1.9 }).meanWait).toBe(0);
    expect(allenCunneen({ ...clock, arrivalRate: 2.1 }).meanWait).toBe(infinite);
  });

  it("keeps Kingman's bound: never above ρ(cvₐ²/ρ² + cvₛ²)/2(1 − ρ) · E[S]", () => {
    everyLoad(({ arrivalRate, serviceRate, servers }) => {
      const rho = arrivalRate / serviceRate / servers;
      const queue = { arrivalRate: rho, meanService: 1, arrivalCv: 1.3, serviceCv: 0.7 };
      const bound = ((rho / (1 - rho)) * (1.69 / rho ** 2 + 0.49)) / 2;
      expect(kingman(queue).meanWait).toBeLessThanOrEqual(bound);
    });
  });
});
