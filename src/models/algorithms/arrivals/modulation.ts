/**
 * Arrivals in bursts: a Poisson process whose rate is multiplied by the factor of a state, and states that follow each
 * other at random (a Markov-modulated Poisson process, MMPP).
 *
 * Rule: a state lasts an exponential time of its own mean; any of the others follows, at equal odds (so that a state has
 * a share of the time in proportion to how long it lasts). Factors are scaled to a mean of 1 over time: the mean rate
 * stays what it was. The first state is drawn from these shares, so that the process is stationary from its start.
 * Source: W. Fischer and K. Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook", Performance
 * Evaluation 18 (1993).
 * Differs from the original: relative rates, so that a profile can go underneath; of more than two states only those
 * chains whose next state is any of the others.
 * Cost: a logarithm for each change of state; nothing for an arrival.
 */

/** One state of the callers: calm, busy, a burst. */
export interface BurstState {
  /** Rate in this state, in proportion to the other states'. */
  readonly factor: number;
  /** Mean time that the state lasts, seconds. */
  readonly last: number;
}

/** The same states with factors whose mean over time is 1. */
export function ofMeanOne(states: readonly BurstState[]): readonly BurstState[] {
  const time = states.reduce((sum, { last }) => sum + last, 0);
  const mean = states.reduce((sum, { factor, last }) => sum + factor * (last / time), 0);
  return states.map(({ factor, last }) => ({ factor: factor / mean, last }));
}

/** The states of callers, one after the other, forwards in time. */
export class Modulation {
  private readonly states: readonly BurstState[];
  private state = 0;
  private changes = 0;
  /** Instant at which the state changes, seconds. */
  until: number;

  /**
   * @param instant from which on it is asked, seconds
   * @param uniform in (0, 1): draws 0 and 1 are of the beginning, 2n and 2n + 1 of change n
   */
  constructor(
    states: readonly BurstState[],
    instant: number,
    private readonly uniform: (index: number) => number,
  ) {
    this.states = ofMeanOne(states);
    const time = states.reduce((sum, { last }) => sum + last, 0);
    let place = uniform(0) * time;
    while (this.state < states.length - 1 && place >= states[this.state].last) {
      place -= states[this.state].last;
      this.state += 1;
    }
    this.until = instant + this.length(1);
  }

  /** By what the rate is multiplied until `until`. */
  get factor(): number {
    return this.states[this.state].factor;
  }

  /** Goes on to the next state. */
  change(): void {
    this.changes += 1;
    const others = this.states.length - 1;
    const step = others === 1 ? 1 : 1 + Math.floor(this.uniform(2 * this.changes) * others);
    this.state = (this.state + step) % this.states.length;
    this.until += this.length(2 * this.changes + 1);
  }

  private length(draw: number): number {
    return -Math.log(this.uniform(draw)) * this.states[this.state].last;
  }
}
