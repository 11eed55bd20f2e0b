/** A member of a list of its own kind, which it knows its neighbours in. */
export interface Linked<T> {
  before: T | null;
  after: T | null;
}

/** Operations under way, in the order in which they came: each is added and removed in a step, wherever it stands. */
export class UnderWay<T extends Linked<T>> {
  private newest: T | null = null;
  /** The one that has been under way longest. */
  oldest: T | null = null;

  add(operation: T): void {
    operation.before = this.newest;
    if (this.newest === null) this.oldest = operation;
    else this.newest.after = operation;
    this.newest = operation;
  }

  remove(operation: T): void {
    const { before, after } = operation;
    if (before === null) this.oldest = after;
    else before.after = after;
    if (after === null) this.newest = before;
    else after.before = before;
    operation.before = null;
    operation.after = null;
  }
}
