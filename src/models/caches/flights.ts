import type { Cursor, Failure, FrameOwner } from '../cursor.ts';
import { Step } from '../step.ts';

/**
 * Loads under way in a region, by entry. Who misses while an entry is being loaded waits for that load and shares how
 * it ends, also a failure: of the instance that began the load, too.
 */
export class Flights {
  private readonly underWay = new Map<number, Flight>();
  private readonly idle: Flight[] = [];

  find(number: number): Flight | undefined {
    return this.underWay.get(number);
  }

  open(number: number): Flight {
    const flight = this.idle.pop() ?? new Flight(this);
    flight.number = number;
    this.underWay.set(number, flight);
    return flight;
  }

  /** @internal */
  close(flight: Flight): void {
    this.underWay.delete(flight.number);
    this.idle.push(flight);
  }
}

/** One load, as the frame in which its cursor runs; those who wait for it. */
export class Flight implements FrameOwner {
  number = 0;
  private readonly waiting: Cursor[] = [];
  private readonly waits: number[] = [];
  private readonly answers: number[] = [];
  private readonly steps: Step[] = [];

  constructor(private readonly flights: Flights) {}

  /**
   * A cursor waits at its own place.
   * @param answerAt when the cursor hears that the entry is missing: it goes on no earlier
   * @param step where it goes on, or fails
   */
  join(cursor: Cursor, answerAt: number, step: Step): void {
    this.waits.push(cursor.awaitAt(step));
    this.waiting.push(cursor);
    this.answers.push(answerAt);
    this.steps.push(step);
  }

  leave(cursor: Cursor, _callerPlace: number, failure: Failure | null): number {
    const { now } = cursor;
    const { waiting, waits, answers, steps } = this;
    for (let at = 0; at < waiting.length; at += 1) {
      const waiter = waiting[at];
      if (!waiter.awaits(waits[at])) continue;
      waiter.failing = failure;
      if (answers[at] > now) waiter.resumeAt(answers[at], steps[at]);
      else waiter.finished();
    }
    waiting.length = 0;
    waits.length = 0;
    answers.length = 0;
    steps.length = 0;
    this.flights.close(this);
    return 0;
  }
}

/** The load that a cursor waited for has ended. */
export class Landed extends Step {
  constructor(
    next: Step,
    private readonly waits: number,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    if (cursor.now > cursor.since) cursor.spendUntil(this.waits, cursor.now);
    if (cursor.failing === null) cursor.go(this.next);
    else cursor.fail(cursor.failing);
  }
}
