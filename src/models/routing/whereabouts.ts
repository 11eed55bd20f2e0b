import type { Callers, Way } from '../contracts/router.ts';

/** Ways by which callers come by where they send a request, in the order of their counts. */
const ways: readonly Way[] = ['answer', 'address', 'connection'];

/** Into how many equal parts an origin's requests are divided to see where they go while all is well. */
const parts = 200;

/** Where the callers of one name have sent their requests so far, by origin and by how they came by it. */
export class Whereabouts {
  /** By origin, region and way. */
  readonly counts: Float64Array;
  private readonly homes = new Map<number, Float64Array>();

  /**
   * @param places how many callers may be in
   * @param regions how many there are
   * @param calm where a request goes while all regions are well, by its draw; below 0 for none
   */
  constructor(
    readonly callers: Callers,
    readonly places: number,
    private readonly regions: number,
    private readonly calm: (origin: number, uniform: number) => number,
  ) {
    this.counts = new Float64Array(places * regions * ways.length);
  }

  sent(origin: number, region: number, way: Way): void {
    this.counts[this.slot(origin, region) + ways.indexOf(way)] += 1;
  }

  private slot(origin: number, region: number): number {
    return (origin * this.regions + region) * ways.length;
  }

  /** Share of an origin's requests that go to a region while all regions are well. */
  homeShare(origin: number, region: number): number {
    const known = this.homes.get(origin);
    if (known !== undefined) return known[region];
    const shares = new Float64Array(this.regions);
    for (let part = 0; part < parts; part += 1) {
      const there = this.calm(origin, (part + 0.5) / parts);
      if (there >= 0) shares[there] += 1;
    }
    for (let each = 0; each < shares.length; each += 1) shares[each] /= parts;
    this.homes.set(origin, shares);
    return shares[region];
  }

  /** Requests from an origin since the counts were as `before`. */
  requests(origin: number, before: Float64Array): number {
    let sum = 0;
    for (let region = 0; region < this.regions; region += 1) sum += this.requestsTo(origin, region, before);
    return sum;
  }

  /** Those of them that went to a region. */
  requestsTo(origin: number, region: number, before: Float64Array): number {
    return ways.reduce((sum, way) => sum + this.requestsBy(way, origin, region, before), 0);
  }

  /** Those of them that went there one way. */
  requestsBy(way: Way, origin: number, region: number, before: Float64Array): number {
    const at = this.slot(origin, region) + ways.indexOf(way);
    return this.counts[at] - before[at];
  }

  /** The region other than `home` that most of them went to, and the way that most came by it; undefined if none did. */
  mainElsewhere(
    origin: number,
    home: number,
    before: Float64Array,
  ): { region: number; way: Way } | undefined {
    let most = 0;
    let found: { region: number; way: Way } | undefined;
    for (let region = 0; region < this.regions; region += 1) {
      const there = region === home ? 0 : this.requestsTo(origin, region, before);
      if (there <= most) continue;
      most = there;
      const by = (way: Way) => this.requestsBy(way, origin, region, before);
      found = { region, way: ways.reduce((main, way) => (by(way) > by(main) ? way : main)) };
    }
    return found;
  }
}
