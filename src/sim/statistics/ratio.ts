/** One sum over another: hits over lookups, answers in time over offered operations. Both are kept, for merging runs. */
export class Ratio {
  numerator = 0;
  denominator = 0;

  add(numerator: number, denominator: number): void {
    this.numerator += numerator;
    this.denominator += denominator;
  }

  /** One more trial, and whether it succeeded. */
  observe(success: boolean): void {
    this.denominator++;
    if (success) this.numerator++;
  }

  /** NaN where the denominator is 0. */
  get value(): number {
    return this.numerator / this.denominator;
  }

  /** Starts the measurement anew: the end of a warm-up. */
  reset(): void {
    this.numerator = this.denominator = 0;
  }
}
