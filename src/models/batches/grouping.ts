import { childIdentity } from '../../sim/random/childIdentity.ts';
import { standBeside } from '../control/branch.ts';
import type { Cursor, Failure, Host } from '../cursor.ts';
import type { KeptForPoll, Operation } from '../operation.ts';
import { TimeSpent } from '../time-spent.ts';
import { Group } from './group.ts';
import type { GroupByStep } from './group-by-step.ts';
import { Lane } from './lane.ts';

const words = { high: 0, low: 0 };
/** An array that is born with its first element takes a tenth of the room of one that grows to it. */
const none: Group[] = [];

/** The groups of one poll: collected while its records come, run when the last one is there. */
export class Grouping implements KeptForPoll {
  /** Made for the second record: most polls of a group that keeps up bring one. */
  private byKey: Map<number | string, Group> | null = null;
  private groups: Group[] = none;
  private records = 0;
  /** Groups that have begun. */
  private begun = 0;
  private parent: Cursor | null = null;
  private place = 0;
  private wait = 0;
  private lanes = 0;
  private isOver = false;
  /** What a group failed with, where none begins after that. */
  private stopped: Failure | null = null;

  constructor(
    private readonly step: GroupByStep,
    /** In whose memory the records are. */
    private readonly host: Host | null,
  ) {}

  add(operation: Operation): void {
    const group = this.groupOf(operation) ?? this.open(operation);
    group.add(operation);
    this.records += 1;
  }

  /** The group that a record belongs to, if it is there. */
  private groupOf(operation: Operation): Group | undefined {
    const { groups, step } = this;
    if (groups.length === 0) return undefined;
    if (this.byKey === null) this.byKey = new Map([[step.key.of(groups[0].keys), groups[0]]]);
    return this.byKey.get(step.key.of(operation.keys));
  }

  private open(operation: Operation): Group {
    const { byKey, step } = this;
    // The record's identity, not the poll's: who else is in the poll moves none of the group's draws.
    childIdentity(operation.high, operation.low, step.site, 0, words);
    const group = new Group(this, operation, words.high, words.low, step.key.only(operation.keys));
    byKey?.set(step.key.of(operation.keys), group);
    if (this.groups === none) this.groups = [group];
    else this.groups.push(group);
    return group;
  }

  /** The poll is complete, and the cursor of its last record waits until all groups are done. */
  run(cursor: Cursor): void {
    const { groups, step } = this;
    this.parent = cursor;
    this.wait = cursor.awaitAt(step.next);
    step.metering?.begun(groups, this.records);
    this.lanes = Math.min(step.options.parallel, groups.length);
    this.place = cursor.place;
    if (this.lanes === 1) {
      this.proceed(new Lane(cursor.spent));
      return;
    }
    const lanes = Array.from({ length: this.lanes }, () => new Lane(new TimeSpent(cursor.spent.segments)));
    for (const lane of lanes) this.proceed(lane);
  }

  /** Begins a lane's groups until one takes time: a loop, since calls nested by the hundred would overflow. */
  private proceed(lane: Lane): void {
    lane.isDue = true;
    if (lane.isLooping) return;
    lane.isLooping = true;
    while (lane.isDue && !this.isOver) {
      if (this.begun === this.groups.length) {
        this.leave(lane);
        return;
      }
      lane.isDue = false;
      this.begin(this.groups[this.begun], lane);
    }
    lane.isLooping = false;
  }

  private begin(group: Group, lane: Lane): void {
    const cursor = this.step.cursors.take();
    this.begun += 1;
    group.lane = lane;
    cursor.high = group.high;
    cursor.low = group.low;
    cursor.word = 0;
    cursor.operation = group;
    cursor.root = group;
    cursor.place = this.place;
    standBeside(cursor, this.host);
    cursor.go(this.step.first);
  }

  /** A group is done, or has failed, or has died with its instance. */
  ended(group: Group, cursor: Cursor, failure: Failure | null): void {
    if (this.isOver) {
      if (failure === null) group.settle(null);
      else group.lose();
      return;
    }
    const { lane } = group;
    const parent = this.parent as Cursor;
    if (parent.awaits(this.wait)) {
      lane.credit(cursor);
      parent.since = parent.now;
    }
    if (failure !== null) {
      this.step.metering?.failed(group);
      if (this.step.options.onFailure === 'stop') this.stopped = failure;
    }
    group.settle(failure);
    if (this.stopped !== null) this.skip(this.stopped);
    this.proceed(lane);
  }

  /** Groups that have not begun fail with one that has. */
  private skip(failure: Failure): void {
    const { groups, step } = this;
    while (this.begun < groups.length) {
      const group = groups[this.begun];
      this.begun += 1;
      step.metering?.failed(group);
      group.settle(failure);
    }
  }

  /** A lane finds nothing more to do; the last one's time is what the poll has waited for. */
  private leave(lane: Lane): void {
    this.lanes -= 1;
    if (this.lanes > 0) return;
    const parent = this.parent as Cursor;
    this.isOver = true;
    if (!parent.awaits(this.wait)) return;
    lane.giveTo(parent);
    parent.since = parent.now;
    parent.finished();
  }

  /**
   * The poll is over. If its groups have not been run, its last record has failed on its way to them. If the instance has
   * died, what has not begun never will, and what is under way hears of it by itself.
   */
  pollEnded(): void {
    if (this.isOver) return;
    const isDead = this.host !== null && !this.host.alive;
    if (this.parent !== null && !isDead) return;
    this.isOver = true;
    for (; this.begun < this.groups.length; this.begun += 1) {
      const group = this.groups[this.begun];
      if (isDead) {
        group.lose();
      } else {
        this.step.metering?.failed(group);
        group.settle('not-grouped');
      }
    }
  }
}
