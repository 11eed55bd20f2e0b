/** Which share of its traffic each region is given, and was given a while ago: news takes time to reach who is asked. */
export class Admissions {
  /** When each change was made, and what held from then on. */
  private readonly instants: number[] = [Number.NEGATIVE_INFINITY];
  private readonly states: Float64Array[];

  /** @param memory nanoseconds for which the past is asked for */
  constructor(
    regions: number,
    private readonly memory: number,
  ) {
    this.states = [new Float64Array(regions).fill(1)];
  }

  /** Shares by region at an instant, in the past or now. */
  at(instant: number): Float64Array {
    let last = this.instants.length - 1;
    while (this.instants[last] > instant) last -= 1;
    return this.states[last];
  }

  get current(): Float64Array {
    return this.states[this.states.length - 1];
  }

  set(now: number, region: number, share: number): void {
    const state = this.current.slice();
    state[region] = share;
    this.instants.push(now);
    this.states.push(state);
    while (this.instants.length > 2 && this.instants[1] <= now - this.memory) {
      this.instants.shift();
      this.states.shift();
    }
  }
}
