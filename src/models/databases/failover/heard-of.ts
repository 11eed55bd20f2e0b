/**
 * Which places have heard of the newest primary. Word passes from place to place wherever one hears the other; a place that
 * is cut off from all who know keeps to the primary of old, and has nothing to judge.
 */
export class HeardOf {
  private term = 0;
  private readonly terms: Map<number, number>;

  /** @param hears whether a place hears another one now */
  constructor(
    private readonly places: readonly number[],
    private readonly hears: (place: number, other: number) => boolean,
  ) {
    this.terms = new Map(places.map((place) => [place, 0]));
  }

  /** A copy in a place is primary from now on. */
  begin(place: number): void {
    this.term += 1;
    this.terms.set(place, this.term);
    this.pass();
  }

  /** Word passes, as far as it gets. */
  pass(): void {
    const { places, terms } = this;
    // Over as many hops as there are places.
    for (let hop = 1; hop < places.length; hop += 1)
      for (const place of places)
        for (const other of places)
          if ((terms.get(other) as number) > (terms.get(place) as number) && this.hears(place, other))
            terms.set(place, terms.get(other) as number);
  }

  knows(place: number): boolean {
    return this.terms.get(place) === this.term;
  }
}
