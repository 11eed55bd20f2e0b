import type { ReadableRecord } from '../contracts/topic.ts';
import type { GroupPartition } from './group-partition.ts';
import type { Member } from './member.ts';
import type { MemberFetch } from './member-fetch.ts';

/** A partition in the hands of a member: how far it has fetched and processed it. */
export class Claim {
  /** Offset of the next record to fetch. */
  next = 0;
  /** Offset of the first record that this member has not processed. */
  done = 0;
  /** Through which it is fetched; none before its offset is known, and while the partition has no leader. */
  fetch: MemberFetch | null = null;
  /** Whether its owner knows where to begin. */
  isReading = false;
  /** Which claim of its partition it is, from 1. */
  readonly number: number;

  /** One owner a group: a partition is given up before somebody else may have it. */
  constructor(
    readonly partition: GroupPartition,
    readonly member: Member,
  ) {
    if (partition.claim !== null) throw new Error(`partition ${partition.log.index} has an owner`);
    partition.claim = this;
    partition.claims += 1;
    this.number = partition.claims;
  }

  /** Whether the group still takes this member for the owner. */
  get isHeld(): boolean {
    return this.partition.claim === this;
  }

  /** Whether there is something to fetch. */
  get hasMore(): boolean {
    return this.next < this.partition.log.end;
  }
}

/** Records of one partition, fetched together: offsets [from, to). */
export interface Fetched {
  readonly claim: Claim;
  readonly fetch: MemberFetch;
  from: number;
  readonly to: number;
  /** The records from here on, where the group has gone on without their member and may forget them. */
  kept: ReadableRecord[] | null;
  /** Whether nobody else will process them: they were committed before. */
  isSole: boolean;
}

/** The next record of a range. */
export const recordOf = (range: Fetched): ReadableRecord =>
  range.kept === null
    ? range.claim.partition.log.at(range.from)
    : range.kept[range.kept.length - (range.to - range.from)];
