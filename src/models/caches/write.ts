import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import { unattended } from '../control/async.ts';
import { Brancher } from '../control/branch.ts';
import { finish } from '../control/finish.ts';
import type { Cursor } from '../cursor.ts';
import { Step, type StepContext } from '../step.ts';
import type { CacheKey } from './cache-key.ts';
import { messageSize } from './defaults.ts';
import type { CacheModel } from './model.ts';
import { drawsAVisit, Visit } from './visit.ts';

/** Writes an entry into the region at a position of the caller's order and goes on once that is acknowledged. */
export class Write extends Step {
  private readonly visit: Visit;
  private readonly arrive: Step;

  constructor(
    next: Step,
    private readonly cache: CacheModel,
    private readonly key: CacheKey,
    draws: KeyedDraws,
    private readonly position: number,
  ) {
    super(next);
    this.visit = new Visit(cache, draws, position * drawsAVisit, cache.putTime, cache.segments.writes);
    this.arrive = new AtNode(next, cache, key, this.visit, position);
  }

  enter(cursor: Cursor): void {
    if (Number.isNaN(this.key.numberOf(cursor.operation.keys))) {
      cursor.fail('no-key');
      return;
    }
    const region = this.cache.orderFrom(cursor.place)[this.position];
    this.visit.depart(cursor, region, this.cache.entrySize + messageSize, this.arrive);
  }
}

class AtNode extends Step {
  constructor(
    next: Step,
    private readonly cache: CacheModel,
    private readonly key: CacheKey,
    private readonly visit: Visit,
    private readonly position: number,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const region = this.cache.orderFrom(cursor.place)[this.position];
    const number = this.key.numberOf(cursor.operation.keys);
    const node = region.nodeOf(this.key, number);
    if (this.visit.isUnheard(cursor, region, node, this)) return;
    region.keep(node, number, cursor.now);
    const answerAt = this.visit.answerAt(cursor, region, node, messageSize);
    this.visit.answered(cursor, region, answerAt, this.next);
  }
}

/** Starts writes that nobody waits for, and goes on at once. */
export class WriteBeside extends Step {
  private readonly writes: readonly Step[];
  private readonly brancher: Brancher;

  /** @param positions of the caller's order that are written */
  constructor(
    next: Step,
    cache: CacheModel,
    key: CacheKey,
    draws: KeyedDraws,
    private readonly positions: readonly number[],
    context: StepContext,
  ) {
    super(next);
    this.writes = positions.map((position) => new Write(finish, cache, key, draws, position));
    this.brancher = new Brancher(context.wiring.cursors, `${context.path}.beside`);
  }

  enter(cursor: Cursor): void {
    for (let at = 0; at < this.writes.length; at += 1) {
      this.brancher.branch(cursor, this.positions[at], unattended).go(this.writes[at]);
    }
    cursor.go(this.next);
  }
}
