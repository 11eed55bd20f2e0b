/**
 * A budget of retries, so that they cannot multiply a load that is too much already.
 *
 * Rule: a bucket that starts full; each first attempt earns a share of a token, each retry costs a whole one. So of n
 * operations come at most n · (1 + share) + capacity attempts, whatever fails.
 * Source: as Finagle’s RetryBudget and Google’s SRE book (Handling Overload: a tenth) do it; ten tokens as in gRPC’s
 * retry throttling (proposal A6). Differs: gRPC earns on success, pays on failure, and retries above half. Cost: O(1).
 */
const capacity = 10;

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
