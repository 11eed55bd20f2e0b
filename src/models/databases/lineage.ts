import type { CommitLog } from './commit-log.ts';
import type { Entry } from './journal.ts';
import type { Node } from './node.ts';
import type { Follower, ReplicaWait, Shipment } from './shard.ts';

/** A primary with those who follow it, as the streams of its log see it: a shard's, or an old one that goes on beside it. */
export interface Lineage {
  readonly primary: Node;
  readonly followers: readonly Follower[];
  /** Whether its commits reach as many replicas as they wait for: looked at whenever that may have changed; null where nobody asks. */
  readonly reach: { readonly isLost: boolean; look(): void } | null;
  nameOf(node: Node): string;
  /** Whether a copy has nothing that this history lacks, so that it can be sent what comes next. */
  admits(node: Node): boolean;
  logRows(shipment: Shipment, log: CommitLog, now: number): void;
  /** A statement is committed, and on its way to all who are reached. */
  shipped(): void;
  /** Its client has been told. */
  acknowledged(entry: Entry): void;
  /** How far behind a replica is with a write committed at `now` is known, nanoseconds. */
  watch(follower: Follower, now: number, lag: number): void;
  /** A copy is sent what it lacked. */
  catchesUp(node: Node): void;
  /** A copy lacks what is kept nowhere. */
  mustBeCopied(node: Node): void;
  answersWanted(wait: ReplicaWait): number;
  answerOf(replica: number, wait: ReplicaWait, applied: number, uniform: number): number;
}
