import type { Router as Policy } from '../algorithms/routing/router.ts';
import { nowhere, refused } from '../contracts/router.ts';

/** What who asks for a service's address is told: the policy's choice among the regions that are given. */
export class Choice {
  private readonly offered: Uint8Array;

  /**
   * @param candidates regions where the service stands and to which the callers' data may go
   * @param forbidden regions where it stands and to which the data may not go
   */
  constructor(
    private readonly policy: Policy,
    private readonly candidates: readonly number[],
    private readonly forbidden: readonly number[],
    regions: number,
  ) {
    this.offered = new Uint8Array(regions);
  }

  /**
   * A region whose admission is partial is given for that share of the draws. Where none is given, all candidates are
   * (fail open), unless another region that is well is out of bounds: then the caller is refused.
   * @param admissions shares by region
   * @param share uniform, for partial admissions
   * @param uniform for the policy
   */
  answer(origin: number, admissions: ArrayLike<number>, share: number, uniform: number): number {
    const { candidates, forbidden } = this;
    if (candidates.length === 0) return forbidden.length === 0 ? nowhere : refused;
    const given =
      this.offer((region) => admissions[region] > share) || this.offer((region) => admissions[region] > 0);
    if (!given) {
      if (forbidden.some((region) => admissions[region] > 0)) return refused;
      this.offer(() => true);
    }
    const region = this.policy(origin, this.offered, uniform);
    return this.offered[region] === 1 ? region : nowhere;
  }

  private offer(isGiven: (region: number) => boolean): boolean {
    this.offered.fill(0);
    let some = false;
    for (const region of this.candidates) {
      if (!isGiven(region)) continue;
      this.offered[region] = 1;
      some = true;
    }
    return some;
  }
}
