import type { Simulation } from '../../sim/simulation.ts';
import type { ReadableRecord, RegionalTopic } from '../contracts/topic.ts';
import type { Failure } from '../cursor.ts';
import type { MeasuredWindow } from '../window.ts';
import { type Claim, type Fetched, recordOf } from './claim.ts';
import type { Effects, EffectsWatcher } from './effects.ts';
import type { GroupPartition } from './group-partition.ts';
import type { ConsumerMeters } from './metrics.ts';
import type { Standstill } from './standstill.ts';

/** How a record ends that could not be processed and was published to the dead-letter topic. */
export const deadLettered: Failure = 'dead-lettered';

/** Who commits what has settled. */
export interface SettlementWatcher {
  offsetSettled(claim: Claim): void;
  /** What a record should have done later has failed. @returns whether it goes to the dead-letter topic; then `buried` says how */
  failedLater(effects: Effects): boolean;
}

/**
 * What becomes of each record in a group, in the end: processed, failed, lost, done twice. A record counts as consumed
 * when it is processed for the first time; what a crash makes the group process again is a duplicate.
 */
export class Outcomes implements EffectsWatcher {
  /** Records of the whole run. */
  readonly counts = { readable: 0, consumed: 0, failed: 0, deadLettered: 0, lost: 0, gone: 0, duplicates: 0 };
  /** Records that can be read and are not processed. */
  lag = 0;
  /** Whether others process these records: then they do not lag here. */
  isStandby = false;

  constructor(
    private readonly topic: RegionalTopic,
    private readonly simulation: Simulation,
    private readonly window: MeasuredWindow,
    private readonly standstill: Standstill,
    private readonly watcher: SettlementWatcher,
    private readonly meters: ConsumerMeters,
    /** Of all regions together. */
    private readonly whole: ConsumerMeters,
    private readonly lagSeries: (now: number, records: number) => void,
  ) {}

  /** Records have become readable; copies, where others count the originals. */
  readable(records: number, now: number, isCounted = true): void {
    if (isCounted) this.counts.readable += records;
    this.lagChanged(records, now);
  }

  /** Records that others should have processed are to be processed here. */
  takenOver(records: number): void {
    this.isStandby = false;
    this.lagChanged(records, this.simulation.now);
  }

  /** Others process them again. */
  handedBack(): void {
    this.lagChanged(-this.lag, this.simulation.now);
    this.isStandby = true;
  }

  private lagChanged(records: number, now: number): void {
    if (this.isStandby) return;
    this.lag += records;
    this.meters.lagRecords.add(now, records);
    this.whole.lagRecords.add(now, records);
    this.lagSeries(now, this.lag);
    if (records < 0) this.standstill.lagFell(this.lag);
  }

  retried(): void {
    this.meters.retried.count();
  }

  /** A processing of a record has ended, well or not. */
  processed(
    { partition }: Claim,
    offset: number,
    record: ReadableRecord,
    effects: Effects | undefined,
    failure: Failure | null,
    isSole: boolean,
  ): void {
    const isNext = isSole || offset >= partition.reached;
    const isFirst = isNext && partition.isDoneElsewhere?.(offset, record) !== true;
    if (isFirst) this.consumed(partition, offset, record, isSole);
    else this.redelivered(partition, offset, isNext && !isSole);
    if (record.sourceOffset !== undefined) partition.processedCopy(record.sourceOffset);
    if (offset > partition.latest) partition.latest = offset;
    if (effects !== undefined) effects.end(failure);
    else if (failure !== null) this.givenUp(record, failure);
    else if (!isFirst) this.doubled(record);
  }

  /** @param isNext whether it was not processed by this group: by that of another region then */
  private redelivered(partition: GroupPartition, offset: number, isNext: boolean): void {
    this.meters.redelivered.count();
    if (!isNext) return;
    this.passOver(partition, offset);
    const passed = offset + 1 - partition.reached;
    partition.reached = offset + 1;
    this.lagChanged(-passed, this.simulation.now);
  }

  private consumed(partition: GroupPartition, offset: number, record: ReadableRecord, isSole: boolean): void {
    const { meters, window } = this;
    const { now } = this.simulation;
    const lag = now - record.visibleAt;
    this.counts.consumed += 1;
    meters.consumed.count();
    meters.lagSeconds.observe(lag / 1e9);
    this.simulation.digest(lag);
    if (window.open) partition.lagTicks += Math.min(lag, now - window.from);
    // Earlier ones are not done, or later ones are: the order of the partition is broken.
    if (isSole ? offset < partition.latest : !this.passOver(partition, offset)) meters.outOfOrder.count();
    if (isSole) return;
    const passed = offset + 1 - partition.reached;
    partition.reached = offset + 1;
    this.lagChanged(-passed, now);
  }

  /** @returns whether all records before this one are done, but for those that were lost from the log */
  private passOver(partition: GroupPartition, to: number): boolean {
    let isWhole = true;
    for (let offset = partition.reached; offset < to; offset += 1) {
      if (partition.log.at(offset).isGone) {
        this.counts.gone += 1;
        partition.settled?.settle(offset);
      } else isWhole = false;
    }
    return isWhole;
  }

  /** @internal what a record does in the end is known, well or not */
  settled(effects: Effects, failure: Failure | null): void {
    const { claim, offset, record } = effects;
    const isFirst = claim.partition.settled?.settle(offset) ?? true;
    if (failure === deadLettered) this.givenUp(record, failure);
    else if (failure !== null) {
      if (effects.hasFailedAtOnce || !this.watcher.failedLater(effects)) this.givenUp(record, failure);
    } else if (!isFirst) this.doubled(record);
    if (isFirst) this.watcher.offsetSettled(claim);
  }

  /** @internal some of what a record should have done died in the memory of an instance */
  lost({ claim, offset, record }: Effects): void {
    const { member, partition } = claim;
    const isKept = claim.isHeld && (member.host?.alive ?? true);
    // What its owner left uncommitted, or was delivered to a later owner too, is done again.
    if (!isKept && offset >= partition.committed) return;
    if (claim.number < partition.claims && partition.beganAt <= offset) return;
    if (partition.settled?.settle(offset) === false) return;
    this.counts.consumed -= 1;
    this.meters.consumed.count(-1);
    this.lose(record);
    this.watcher.offsetSettled(claim);
  }

  private lose(record: ReadableRecord): void {
    this.counts.lost += 1;
    this.meters.lostRecords.count();
    this.topic.misapplied(record);
  }

  private doubled(record: ReadableRecord): void {
    this.counts.duplicates += 1;
    this.meters.duplicates.count();
    this.topic.misapplied(record);
  }

  /** How a record's publishing to the dead-letter topic went. */
  buried(record: ReadableRecord, failure: Failure | null): void {
    this.givenUp(record, failure ?? deadLettered);
  }

  private givenUp(record: ReadableRecord, failure: Failure): void {
    if (failure === deadLettered) {
      this.counts.deadLettered += 1;
      this.meters.deadLettered.count();
    } else {
      this.counts.failed += 1;
      this.meters.failed.count();
    }
    this.topic.misapplied(record);
  }

  /**
   * A member that is no longer the owner has these in its hands, [from, to).
   * @returns whether nobody else will process them: they are committed
   */
  setAside(partition: GroupPartition, from: number, to: number): boolean {
    if (to > partition.committed || from < partition.reached) return false;
    const records = to - partition.reached;
    partition.reached = to;
    this.lagChanged(-records, this.simulation.now);
    return true;
  }

  /** A member died with this record in its hands. */
  dropped({ partition }: Claim, offset: number, record: ReadableRecord, isSole: boolean): void {
    if (isSole || this.setAside(partition, offset, offset + 1)) this.lose(record);
  }

  /** A member died with these polled. */
  droppedRange(range: Fetched): void {
    for (; range.from < range.to; range.from += 1) {
      this.dropped(range.claim, range.from, recordOf(range), range.isSole);
    }
  }
}
