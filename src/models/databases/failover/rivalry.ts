import type { CommitLog } from '../commit-log.ts';
import type { Entry } from '../journal.ts';
import type { Lineage } from '../lineage.ts';
import type { DatabaseModel } from '../model.ts';
import type { Node } from '../node.ts';
import type { RowWrites } from '../row-writes.ts';
import type { Follower, ReplicaWait, Shard, Shipment } from '../shard.ts';
import { Streams } from '../streams.ts';
import type { LostHistory } from './lost-history.ts';
import { OldHistory } from './old-history.ts';

/**
 * An old primary that goes on beside the new one, and the replicas on its side of the cut: they know no other, follow it, and
 * serve what it has.
 *
 * Rule: a replica that hears the old primary and not the new one stays with the old one until it hears of the new one, or the old
 * one is none any more. Writes that wait for replicas are answered by those on this side alone; as the old primary can take nobody
 * off its list (it holds no lease), what waits for all waits in vain. What is acknowledged here is lost.
 * Source: PostgreSQL: a standby stays with the primary that it is connected to; Patroni tells it of another one.
 */
export class Rivalry implements Lineage {
  readonly streams: Streams;
  /** What is told of the quorum is told of the new history. */
  readonly reach = null;
  private readonly log: OldHistory;
  /** Those who follow it no more. */
  private readonly left = new Set<Node>();
  /** Answered here while there was a new primary; of these, with what will be undone. */
  reads = 0;
  orphanedReads = 0;

  /**
   * @param gone what came after the point where the new primary left the old one's history
   * @param from the log that this was in
   */
  constructor(
    model: DatabaseModel,
    private readonly shard: Shard,
    readonly primary: Node,
    readonly followers: readonly Follower[],
    gone: readonly Entry[],
    from: CommitLog,
    private readonly loss: LostHistory,
  ) {
    this.log = new OldHistory(followers.length);
    this.streams = new Streams(model, this, this.log);
    primary.isRival = true;
    this.streams.inherit(
      gone,
      from,
      followers.map(({ node }) => node.replica),
    );
  }

  private indexOf(node: Node): number {
    return this.followers.findIndex((follower) => follower.node === node);
  }

  /** Whether a replica follows the old primary, as far as it is reached. */
  has(node: Node): boolean {
    return this.indexOf(node) >= 0 && !this.left.has(node);
  }

  /** Whether the old primary has kept no log for it, so that it stands still somewhere in between. */
  isForsaken(node: Node): boolean {
    return this.streams.lostFrom(this.indexOf(node)) < Number.POSITIVE_INFINITY;
  }

  get members(): Node[] {
    return this.followers.flatMap(({ node }) => (this.left.has(node) ? [] : node));
  }

  /** Nanoseconds by which a copy is behind the old primary. */
  lag(node: Node, now: number): number {
    if (node === this.primary) return 0;
    const since = this.log.firstLacking(this.indexOf(node), now);
    return Number.isNaN(since) ? 0 : now - since;
  }

  /** A copy on this side has answered a read. */
  answered(node: Node, rows: RowWrites | null, row: number, now: number): void {
    const { log } = this;
    this.reads += 1;
    const upTo = node === this.primary ? log.newest : log.upTo(this.indexOf(node), now);
    if (log.changes(rows, row, upTo)) this.orphanedReads += 1;
  }

  /** A replica's machine is gone, or there again. */
  cut(node: Node): void {
    this.streams.cut(this.indexOf(node));
  }

  open(node: Node): void {
    this.streams.open(this.indexOf(node));
  }

  /** It has lost its disk, and gets a copy of the old primary's. */
  startsFromCopy(node: Node): void {
    this.streams.startsFromCopy(this.indexOf(node));
  }

  /** A replica goes with the new primary from now on. @returns rows that it has and the new one has not */
  leave(node: Node): number {
    const replica = this.indexOf(node);
    this.streams.cut(replica);
    this.left.add(node);
    return this.streams.rowsReceived(replica);
  }

  /** The old primary takes nothing any more. */
  end(now: number): void {
    this.primary.isRival = false;
    this.loss.ends(now);
  }

  nameOf(node: Node): string {
    return this.shard.nameOf(node);
  }

  admits(node: Node): boolean {
    return this.primary.isRival && !this.left.has(node);
  }

  logRows(shipment: Shipment, log: CommitLog, now: number): void {
    shipment.logRows(log, now, this.shard);
  }

  shipped(): void {}

  acknowledged({ committedAt, acknowledgedAt, rowCount }: Entry): void {
    this.loss.add(committedAt, acknowledgedAt, rowCount);
  }

  /** How far it is behind is measured against the history that stays. */
  watch(): void {}

  catchesUp(): void {}

  /** The old primary keeps nothing more for it: it stands still until it hears of the new one. */
  mustBeCopied(): void {}

  answersWanted({ replicas }: ReplicaWait): number {
    return replicas;
  }

  answerOf(replica: number, wait: ReplicaWait, applied: number, uniform: number): number {
    return this.shard.answerTo(this.primary, this.followers[replica], wait, applied, uniform);
  }
}
