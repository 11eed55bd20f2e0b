import { type KeyPopulation, keysSection } from '../contracts/keys.ts';
import { finish } from '../control/finish.ts';
import type { Cursor, Host } from '../cursor.ts';
import type { CursorPool } from '../cursor-pool.ts';
import { defineStep, Step, type StepContext } from '../step.ts';
import { type GroupByOptions, groupBySchema } from './config.ts';
import { GroupKey } from './group-key.ts';
import type { GroupMetering } from './group-metering.ts';
import { Grouping } from './grouping.ts';
import { type BatchesModel, batchesSection } from './model.ts';

/** Collects the records of a poll by the values of some keys, and runs its steps once a group at the poll's end. */
export class GroupByStep extends Step {
  /** What is run for each group. */
  readonly first: Step;
  readonly cursors: CursorPool;
  readonly site: number;
  readonly key: GroupKey;
  readonly metering: GroupMetering | undefined;
  private host: Host | null = null;
  private readonly makeGrouping = (): Grouping => new Grouping(this, this.host);

  constructor(
    readonly options: GroupByOptions,
    { nested, next, path, wiring }: StepContext,
  ) {
    super(next);
    this.first = nested(options.do, 'do', finish);
    this.cursors = wiring.cursors;
    this.site = wiring.site(path);
    const keys = options.keys.map(({ name }) => wiring.find<KeyPopulation>(keysSection, name));
    this.key = new GroupKey(keys, wiring.design.names(keysSection).length);
    this.metering = wiring.find<BatchesModel>(batchesSection).groupMetering(options.name);
  }

  enter(cursor: Cursor): void {
    const { operation } = cursor;
    if (!this.key.isIn(operation.keys)) {
      cursor.fail('missing-key');
      return;
    }
    const { poll } = operation;
    this.host = cursor.host;
    // Without a poll each record is one of its own.
    const grouping = poll === undefined ? this.makeGrouping() : poll.kept(this, this.makeGrouping);
    grouping.add(operation);
    if (poll === undefined || poll.isLast(operation)) grouping.run(cursor);
    else cursor.go(this.next);
  }
}

export const groupBy = defineStep<GroupByOptions>({
  verb: 'groupBy',
  about:
    'Groups the records of a consumer’s poll by the values of keys, and runs its steps once a group when all are there.',
  schema: groupBySchema as never,
  children: (options) => [options.do],
  leastTimes: 0,
  putsOff: true,
  compile: (options, context) => new GroupByStep(options, context),
});
