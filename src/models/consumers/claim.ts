import type { PartitionLog } from '../contracts/topic.ts';
import type { Member } from './member.ts';
import type { MemberFetch } from './member-fetch.ts';

/** A partition in the hands of a group: how far it is fetched and processed, and by whose fetch. */
export class Claim {
  /** Offset of the next record to fetch. */
  next: number;
  /** Offset of the first record that is not processed. */
  done: number;
  /** Who works on the record at `done`: the owner, or for a last record who owned it before. */
  worker: Member | null = null;
  /** The fetch of the member that owns it; none while nobody does. */
  fetch: MemberFetch | null = null;

  constructor(readonly log: PartitionLog) {
    this.next = log.end;
    this.done = log.end;
  }

  /** Whether there is something to fetch; what a former owner still works on comes first. */
  get hasMore(): boolean {
    if (this.next >= this.log.end) return false;
    return this.worker === null || this.worker === this.fetch?.member;
  }

  /** Records that can be read and are not processed. */
  get lag(): number {
    return this.log.end - this.done;
  }
}

/** Records of one partition, fetched together: offsets [from, to). */
export interface Fetched {
  readonly claim: Claim;
  readonly fetch: MemberFetch;
  from: number;
  readonly to: number;
}
