import { toTicks } from '../../sim/clock.ts';
import type { EventTarget } from '../../sim/event-queue.ts';
import { childIdentity } from '../../sim/random/childIdentity.ts';
import type { VisitCall } from '../contracts/past.ts';
import type { Cursor, Failure } from '../cursor.ts';
import { Caller } from './caller.ts';
import type { ClientOperation, Outcome } from './client-operation.ts';
import type { SessionConfig } from './config.ts';
import type { WorkloadModel } from './model.ts';

/** Draws of a session, by index. */
const drawOf = { turns: 8, think: 64 } as const;
const words = { high: 0, low: 0 };

/** A caller who makes several calls: the next one comes a think time after the answer. */
export class Session implements EventTarget, Outcome {
  private turn = 0;
  private readonly turns: number;
  private readonly caller: Caller | null;

  constructor(
    private readonly workload: WorkloadModel,
    private readonly config: SessionConfig,
    private readonly high: number,
    private readonly low: number,
    private readonly origin: number,
    private readonly keys: readonly number[],
  ) {
    this.caller = workload.keepsConnections ? new Caller(low) : null;
    this.turns = Math.max(1, Math.round(config.turns.quantile(this.draw(drawOf.turns))));
  }

  /** How long before the run a session may have begun and still be under way: all but one in ten thousand. */
  static reach(config: SessionConfig): number {
    const turns = config.turns.quantile(0.9999);
    return turns * config.think.mean * (1 + (4 * config.think.cv) / Math.sqrt(Math.max(1, turns)));
  }

  begin(): void {
    this.call();
  }

  /** Began at a negative instant (seconds): tells its calls before the run, as if each had been answered at once. */
  pastTurns(instant: number, place: number, visit: VisitCall): void {
    let next = instant;
    while (next < 0) {
      visit(next, place, this.keysOfCall(), this.turn === 0);
      this.turn += 1;
      if (this.turn >= this.turns) return;
      next += this.think();
    }
  }

  /** Began at a negative instant (seconds): skips the calls that lie before the run, as if answered at once. */
  resume(instant: number): void {
    let next = instant;
    while (next < 0) {
      this.turn += 1;
      if (this.turn >= this.turns) return;
      next += this.think();
    }
    this.schedule(toTicks(next));
  }

  fire(): void {
    this.call();
  }

  private call(): void {
    const { opener, client } = this.workload;
    const caller = this.turn === 0 ? (opener ?? client) : client;
    const keys = this.keysOfCall();
    this.workload.ask(words.high, words.low, this.origin, keys, this, caller, this.caller, this.low);
  }

  /** What the next call carries; its identity is left in `words`. */
  private keysOfCall(): readonly number[] {
    childIdentity(this.high, this.low, this.workload.site, this.turn, words);
    return this.workload.keysAnew(this.keys, words.high, words.low);
  }

  answered(operation: ClientOperation, cursor: Cursor): void {
    this.workload.ledger.answered(operation, cursor);
    this.next();
  }

  givenUp(operation: ClientOperation, reason: Failure): void {
    this.workload.ledger.givenUp(operation, reason);
    if (this.config.onFailure === 'continue') this.next();
    else this.workload.ledger.abandoned(operation, this.turns - this.turn - 1);
  }

  retried(operation: ClientOperation): void {
    this.workload.ledger.retried(operation);
  }

  duplicated(operation: ClientOperation): void {
    this.workload.ledger.duplicated(operation);
  }

  private next(): void {
    this.turn += 1;
    if (this.turn >= this.turns) return;
    this.schedule(this.workload.wiring.simulation.now + toTicks(this.think()));
  }

  private schedule(at: number): void {
    this.workload.wiring.simulation.schedule(at, this.high, this.low, this.turn, this, 0);
  }

  private think(): number {
    return this.config.think.quantile(this.draw(drawOf.think + this.turn));
  }

  private draw(index: number): number {
    return this.workload.draw(this.high, this.low, index);
  }
}
