import type { PartitionLog, ReadableRecord } from '../contracts/topic.ts';
import type { Claim } from './claim.ts';
import { SettledOffsets } from './settled-offsets.ts';

/** A partition as a group sees it: how far it is committed and processed, and who owns it. */
export class GroupPartition {
  /** Where the next owner begins. */
  committed: number;
  /** Offset after the last record that somebody has processed, or that is given up for lost. */
  reached: number;
  /** Offset of the last record whose processing has ended; −1 before the first. */
  latest = -1;
  /** What its one owner has of it; none while nobody owns it. */
  claim: Claim | null = null;
  /** How often it was claimed, and where the last owner began. */
  claims = 0;
  beganAt = 0;
  /** Since when nobody reads it, though somebody did; −1 while somebody does. */
  stoppedAt = -1;
  /** When its leader died without a word, the last time that one did. */
  silentSince = Number.NEGATIVE_INFINITY;
  /** Nanoseconds for which its records of the measured window lagged, summed. */
  lagTicks = 0;
  /** Whether a record was processed in another region, from this partition or a copy of it; nobody else reads it: null. */
  isDoneElsewhere: ((offset: number, record: ReadableRecord) => boolean) | null = null;
  /** Of a copy: offsets [from, to) of the originals that were processed here, in the order of processing. */
  readonly originals: { readonly from: number; to: number }[] = [];
  /** What has come of records whose effects are put off; none where no step does so. */
  readonly settled: SettledOffsets | undefined;

  constructor(
    readonly log: PartitionLog,
    /** Of the topic as this cluster has it: with the region it was published in, where that is another one. */
    readonly topic: string,
    /** Within that topic. */
    readonly number: number,
    putsOff: boolean,
  ) {
    this.committed = log.end;
    this.reached = log.end;
    this.settled = putsOff ? new SettledOffsets(log.end) : undefined;
  }

  /** The copy of a record was processed here. */
  processedCopy(original: number): void {
    const last = this.originals.at(-1);
    if (last !== undefined && original >= last.from && original <= last.to) {
      last.to = Math.max(last.to, original + 1);
    } else this.originals.push({ from: original, to: original + 1 });
  }

  hasProcessedCopy(original: number): boolean {
    return this.originals.some(({ from, to }) => original >= from && original < to);
  }

  /** Records that can be read and are not processed. */
  get lag(): number {
    return this.log.end - this.reached;
  }
}
