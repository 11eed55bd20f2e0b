/** Tokens that a bucket holds at most: what gRPC's retry throttling takes as an example. */
const capacity = 10;

/** A retry budget: each first attempt earns a share of a token, each retry costs one; the bucket starts full. */
export class RetryBudget {
  private tokens = capacity;

  constructor(private readonly share: number) {}

  earn(): void {
    this.tokens = Math.min(capacity, this.tokens + this.share);
  }

  spend(): boolean {
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
