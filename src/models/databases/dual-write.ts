import type { Cursor, Failure, FrameOwner } from '../cursor.ts';
import type { Design } from '../design.ts';
import { designedOperations } from '../key-reach.ts';
import type { Span, StepConfig } from '../step.ts';
import { allVerbs, walkLists, walkSteps } from '../steps.ts';
import type { Metering } from './metering.ts';
import { optionsOn } from './uses.ts';

/** What is left when an operation ends between its write and its publish: a row that nobody hears of, or news of no row. */
export type Torn = 'unpublished' | 'unwritten';

/**
 * The stretch of an operation in which its write and its publish are not both done, without an outbox to join them.
 *
 * From the write to the first publish after it: whoever ends in it, having committed, leaves an unpublished write. Where
 * the publish comes first: whoever ends in it, not having committed, leaves an unwritten event. A write that commits
 * after its operation has died is told from the fact that nobody waits for it.
 */
export class DualWrite implements FrameOwner {
  constructor(
    readonly torn: Torn,
    private readonly metering: Metering,
  ) {}

  /** The write has committed. */
  committed(cursor: Cursor): void {
    for (let frame = cursor.frame.below; frame !== null; frame = frame.below) {
      if (frame.owner !== this) continue;
      frame.mark = 1;
      return;
    }
    // The operation died while the write was under way: it has been counted as what it was then.
    this.metering.tore(this.torn, this.torn === 'unpublished' ? 1 : -1);
  }

  leave(cursor: Cursor, _callerPlace: number, failure: Failure | null): number {
    if (failure === null) return 0;
    const isCommitted = cursor.frame.mark === 1;
    if (isCommitted === (this.torn === 'unpublished')) this.metering.tore(this.torn, 1);
    return 0;
  }
}

/** Whether a step publishes and waits for it, itself or in a list inside. */
const publishes = (step: StepConfig): boolean =>
  step.verb !== 'async' &&
  step.verb !== 'write' &&
  [...walkSteps([step])].some(
    ({ step: each }) =>
      each.verb !== 'write' && allVerbs().get(each.verb)?.publishes?.(each.options) !== undefined,
  );

/**
 * Where a write of a list stands beside a publish: the stretch to the first one after it, else the one from the last one
 * before it, unless another write is between.
 */
export function stretchOf(
  list: readonly StepConfig[],
  at: number,
): (Omit<Span, 'owner'> & { torn: Torn }) | undefined {
  const after = list.findIndex((step, index) => index > at && publishes(step));
  if (after >= 0) return { from: at, to: after, torn: 'unpublished' };
  const before = list.findLastIndex(
    (step, index) => index < at && (publishes(step) || step.verb === 'write'),
  );
  if (before < 0 || list[before].verb === 'write') return undefined;
  return { from: before + 1, to: at, torn: 'unwritten' };
}

/** In which ways operations of the design can end between a write to this database and a publish. */
export function tornWays(name: string, design: Design): ReadonlySet<Torn> {
  const ways = designedOperations(design)
    .flatMap(({ steps }) => [...walkLists(steps)])
    .flatMap((list) =>
      list.flatMap((step, at) =>
        step.verb === 'write' && optionsOn(name, step) !== undefined ? (stretchOf(list, at)?.torn ?? []) : [],
      ),
    );
  return new Set(ways);
}
