import jstat from 'jstat';
import { describe, expect, it } from 'vitest';
import { gammaQuantile } from '../../../src/sim/distributions/gammaQuantile.ts';
import { GammaQuantileTable } from '../../../src/sim/distributions/gammaQuantileTable.ts';
import { logGamma } from '../../../src/sim/distributions/logGamma.ts';
import { normalQuantile } from '../../../src/sim/distributions/normalQuantile.ts';

/** Shares from 1e-9 to 1 − 1e-9, evenly in the logarithm of the distance to either end. */
const shares: number[] = [];
for (let e = 0.31; e <= 9; e += 0.01) shares.push(10 ** -e, 1 - 10 ** -e);

describe('logGamma', () => {
  it('is the logarithm of the factorial at whole numbers', () => {
    let logFactorial = 0;
    for (let n = 1; n < 170; n++) {
      expect(Math.abs(logGamma(n) - logFactorial)).toBeLessThan(1e-14 * (10 + logFactorial));
      logFactorial += Math.log(n);
    }
  });

  it('fulfils the reflection formula between 0 and 1', () => {
    for (let x = 0.01; x < 1; x += 0.01) {
      const product = Math.log(Math.PI / Math.sin(Math.PI * x));
      expect(Math.abs(logGamma(x) + logGamma(1 - x) - product)).toBeLessThan(1e-14);
    }
  });
});

describe('gammaQuantile', () => {
  it('solves the closed form of whole shapes to 1e-11 in both tails', () => {
    for (const shape of [1, 2, 5, 30]) {
      for (const share of shares) {
        const x = gammaQuantile(shape, share);
        let term = Math.exp(-x);
        let beyond = 0;
        for (let i = 0; i < shape; i++) {
          beyond += term;
          term *= x / (i + 1);
        }
        let upTo = 0; // the rest of Poisson's series, for the lower tail without cancellation
        for (let i = shape; term > 0 && i < shape + 200; i++) {
          upTo += term;
          term *= x / (i + 1);
        }
        if (share < 0.5) expect(Math.abs(upTo / share - 1)).toBeLessThan(1e-11);
        else expect(Math.abs(beyond / (1 - share) - 1)).toBeLessThan(1e-11);
      }
    }
  });

  it('for shape ½ is half the square of a normal variate', () => {
    for (let i = 1; i < 2000; i++) {
      const z = normalQuantile(0.5 + i / 4000);
      expect(Math.abs(gammaQuantile(0.5, i / 2000) / ((z * z) / 2) - 1)).toBeLessThan(1e-10);
    }
  });

  it('agrees with jstat to its 1e-7', () => {
    for (const shape of [0.3, 0.7, 1.7, 11, 250]) {
      for (const share of [0.001, 0.1, 0.5, 0.9, 0.99, 0.999]) {
        expect(Math.abs(gammaQuantile(shape, share) / jstat.gamma.inv(share, shape, 1) - 1)).toBeLessThan(
          1e-7,
        );
      }
    }
  });
});

describe('GammaQuantileTable', () => {
  it.each([0.001, 0.03, 0.2, 0.5, 0.9, 1, 1.1, 2, 4, 10, 20])(
    'is right to 1e-6 from 1e-9 to 1 − 1e-9 for cv %d',
    (cv) => {
      const shape = 1 / (cv * cv);
      const table = new GammaQuantileTable(shape);
      for (const share of shares) {
        const exact = gammaQuantile(shape, share);
        // Below 1e-290 the last bits of a double are gone.
        if (exact > 1e-290)
          expect(Math.abs(table.quantile(share) / exact - 1), `at ${share}`).toBeLessThan(1e-6);
      }
    },
  );

  it('meets itself at ½ and at the octaves', () => {
    const table = new GammaQuantileTable(2);
    for (const u of [0.5, 0.25, 0.125, 0.75, 2 ** -30]) {
      expect(Math.abs(table.quantile(u) / table.quantile(u * (1 - 2 ** -20)) - 1)).toBeLessThan(1e-5);
      expect(Math.abs(table.quantile(u) / gammaQuantile(2, u) - 1)).toBeLessThan(1e-11);
    }
  });
});

describe('normalQuantile', () => {
  it('agrees with jstat to 1e-9', () => {
    for (let i = 1; i < 10_000; i++) {
      expect(Math.abs(normalQuantile(i / 10_000) - jstat.normal.inv(i / 10_000, 0, 1))).toBeLessThan(1e-9);
    }
  });

  it('is odd about ½, and ends at infinity', () => {
    for (let i = 1; i < 4096; i++) expect(normalQuantile(i / 8192)).toBe(-normalQuantile(1 - i / 8192));
    expect(normalQuantile(0.5)).toBe(0);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });

  it('knows the tail to 14 digits', () => {
    // By mpmath 1.3 with 30 digits: findroot(lambda z: log(ncdf(z)) - log(p), -sqrt(-2*log(p))).
    for (const [share, z] of [
      [1e-3, -3.090232306167814],
      [1e-5, -4.264890793922825],
      [1e-7, -5.199337582192817],
      [1e-9, -5.997807015007687],
      [1e-11, -6.706023155495136],
      [1e-13, -7.348796102800678],
      [1e-15, -7.941345326170997],
    ]) {
      expect(Math.abs(normalQuantile(share) / z - 1)).toBeLessThan(1e-14);
    }
  });
});
