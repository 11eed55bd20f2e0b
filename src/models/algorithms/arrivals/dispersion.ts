/**
 * How far from Poisson two-state bursts are, and which bursts are as far as was measured.
 *
 * Rule: the index of dispersion of counts, variance over mean of the arrivals within t, is
 *   I(t) = 1 + (2 λ v / σ) · (1 − (1 − e^(−σt)) / (σt)),
 * with λ the mean rate, σ the sum of the two rates of change, v = p (1 − p) (f₁ − f₂)² the variance of the rate's factor
 * over time, p the share of the time in bursts. (With rates λ₁, λ₂ and changes σ₁, σ₂ the first fraction is the usual
 * 2 σ₁ σ₂ (λ₁ − λ₂)² / ((σ₁ + σ₂)² (λ₁ σ₂ + λ₂ σ₁)).) A Poisson process has I = 1 for every t; I − 1 grows with λ.
 * Source: H. Heffes and D. M. Lucantoni, "A Markov modulated characterization of packetized voice and data traffic",
 * IEEE Journal on Selected Areas in Communications 4 (1986); solved for the factors here.
 * Cost: a handful of operations.
 */
import { type BurstState, ofMeanOne } from './modulation.ts';

/** Bursts as people measure them. */
export interface Bursts {
  /** I(within): variance over mean of the arrivals within a stretch of time. */
  readonly dispersion: number;
  /** That stretch, seconds. */
  readonly within: number;
  /** Share of the time in bursts (p), inside (0, 1). */
  readonly share: number;
  /** Mean length of a burst, seconds. */
  readonly last: number;
}

/** Index of dispersion of the counts of a two-state process, at a mean rate a second, within a time in seconds. */
export function dispersionOf(states: readonly BurstState[], rate: number, within: number): number {
  const [burst, calm] = ofMeanOne(states);
  const share = burst.last / (burst.last + calm.last);
  const variance = share * (1 - share) * (burst.factor - calm.factor) ** 2;
  return 1 + variance * dispersionOfUnitVariance(rate, 1 / burst.last + 1 / calm.last, within);
}

/** The largest dispersion that such bursts can have at a mean rate: when nobody comes between them. */
export function mostDispersion({ share, last, within }: Bursts, rate: number): number {
  return 1 + ((1 - share) / share) * dispersionOfUnitVariance(rate, changesOf(share, last), within);
}

/**
 * The two states, the burst first, that disperse counts as asked for at a mean rate a second.
 * @param bursts of at most `mostDispersion`; above it, those that come nearest
 */
export function burstStates(bursts: Bursts, rate: number): readonly BurstState[] {
  const { dispersion, within, share, last } = bursts;
  const variance = (dispersion - 1) / dispersionOfUnitVariance(rate, changesOf(share, last), within);
  const apart = Math.min(Math.sqrt(variance / (share * (1 - share))), 1 / share);
  return [
    { factor: 1 + (1 - share) * apart, last },
    { factor: Math.max(0, 1 - share * apart), last: (last * (1 - share)) / share },
  ];
}

/** σ: changes a second into bursts, and out of them. */
const changesOf = (share: number, last: number): number => 1 / (last * (1 - share));

/** I(t) − 1 where the rate's factor has a variance of 1. */
function dispersionOfUnitVariance(rate: number, changes: number, within: number): number {
  const expected = changes * within;
  // 1 − (1 − e^−x)/x loses its digits where x is small.
  const grown = expected < 1e-4 ? expected / 2 : 1 + Math.expm1(-expected) / expected;
  return ((2 * rate) / changes) * grown;
}
