import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import { unattended } from '../control/async.ts';
import { Brancher } from '../control/branch.ts';
import { finish } from '../control/finish.ts';
import type { Cursor } from '../cursor.ts';
import { Step, type StepContext } from '../step.ts';
import type { CacheKey } from './cache-key.ts';
import { messageSize } from './defaults.ts';
import type { CacheModel } from './model.ts';
import { AtNode, Visit } from './visit.ts';

/** Writes an entry into the region at a position of the caller's order and goes on once that is acknowledged. */
export class Write extends Step {
  private readonly visit: Visit;

  constructor(
    next: Step,
    private readonly cache: CacheModel,
    private readonly key: CacheKey,
    draws: KeyedDraws,
    position: number,
    /** Whether the value is a new one; if not, what was last read. */
    isNew: boolean,
  ) {
    super(next);
    this.visit = new Visit(cache, key, draws, position, cache.putTime, cache.segments.writes);
    this.visit.goesTo(new Writes(next, cache, key, this.visit, isNew));
  }

  enter(cursor: Cursor): void {
    if (Number.isNaN(this.key.numberOf(cursor.operation.keys))) cursor.fail('no-key');
    else this.visit.depart(cursor, this.cache.entrySize + messageSize);
  }
}

/** At a node that writes an entry. Whom no acknowledgement reaches goes on without. */
class Writes extends AtNode {
  constructor(
    next: Step,
    private readonly cache: CacheModel,
    private readonly key: CacheKey,
    private readonly visit: Visit,
    private readonly isNew: boolean,
  ) {
    super(next);
  }

  enter(cursor: Cursor): void {
    const { cache, key, visit } = this;
    const region = visit.regionFor(cursor);
    const number = key.numberOf(cursor.operation.keys);
    const node = region.nodeOf(key, number);
    if (visit.isUnheard(cursor, region, node)) return;
    region.keep(node, number, cursor.now);
    cache.staleness.filled(key, node, number, this.asOf(cursor));
    const answerAt = visit.answerAt(cursor, region, node, messageSize);
    if (answerAt <= cursor.answerBy) cursor.resumeAt(answerAt, this.next);
    else visit.late(cursor, answerAt, this.next);
  }

  unanswered(cursor: Cursor): void {
    cursor.go(this.next);
  }

  override arrivesLate(cursor: Cursor, instant: number): void {
    const { cache, key, visit } = this;
    const region = visit.regionFor(cursor);
    const number = key.numberOf(cursor.operation.keys);
    const node = region.nodeOf(key, number);
    const asOf = this.asOf(cursor);
    cache.agenda.at(instant, {
      fire: () => {
        if (node.silence !== null) return;
        region.keep(node, number, instant);
        cache.staleness.filled(key, node, number, asOf);
      },
    });
  }

  /** As of when the value is current that a cursor writes. */
  private asOf({ committedAt, now, readAt }: Cursor): number {
    const asOf = this.isNew ? committedAt : readAt;
    return asOf < 0 ? now : asOf;
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
    isNew: boolean,
    context: StepContext,
  ) {
    super(next);
    this.writes = positions.map((position) => new Write(finish, cache, key, draws, position, isNew));
    this.brancher = new Brancher(context.wiring.cursors, `${context.path}.beside`);
  }

  enter(cursor: Cursor): void {
    for (let at = 0; at < this.writes.length; at += 1) {
      this.brancher.branch(cursor, this.positions[at], unattended).go(this.writes[at]);
    }
    cursor.go(this.next);
  }
}
