import type { Operation, Poll } from '../operation.ts';
import type { Effects } from './effects.ts';

/** The operation that a record causes in a group: one processing of it. */
export class Delivery implements Operation {
  constructor(
    readonly high: number,
    readonly low: number,
    readonly arrivedAt: number,
    readonly origin: number,
    readonly counted: boolean,
    readonly keys: readonly number[],
    readonly poll: Poll | undefined,
    readonly settlement: Effects | undefined,
  ) {}
}
