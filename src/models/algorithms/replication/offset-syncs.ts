/**
 * From offsets in a partition to offsets in its copy, as MirrorMaker 2 knows them.
 *
 * Rule: of the copied records some pairs (upstream, downstream) are noted: the first, one after a gap upstream, and one when
 * the last noted one lies `maxLag` records back; any other becomes known with the next `promote`. Of those noted the latest
 * is kept, and one for each power of two: older ones ever more sparsely. An upstream offset is translated by the latest
 * pair that is not after it: to the pair's downstream offset, or to the one after, since nobody knows how many of the
 * records between were copied. So a group never skips a record and does some again.
 * Source: Apache Kafka, connect/mirror/OffsetSyncWriter.java and OffsetSyncStore.java; offset.lag.max 100.
 * Differs: pairs are known at once where they are noted. Cost: constant a record.
 */
export interface OffsetSync {
  readonly upstream: number;
  readonly downstream: number;
}

export interface OffsetSyncs {
  /** A record was copied; offsets grow. */
  copied(upstream: number, downstream: number): void;
  /** What was delayed is noted: MirrorMaker does so with each commit of its own offsets. */
  promote(): void;
  /** The downstream offset from which a group goes on; −1 where the pairs do not reach so far back. */
  translate(upstream: number): number;
}

/** Buckets by powers of two: offsets are whole numbers below 2⁵³. */
const buckets = 53;

export function offsetSyncs({ maxLag }: { maxLag: number }): OffsetSyncs {
  let kept: OffsetSync[] = [];
  let delayed: OffsetSync | null = null;
  let previous = -1;
  let lastNoted = -1;
  const note = (sync: OffsetSync): void => {
    if (kept.length === 0 || kept[0].upstream > sync.upstream) {
      kept = Array.from({ length: buckets }, () => sync);
      return;
    }
    kept[0] = sync;
    for (let bucket = 1; bucket < buckets; bucket += 1) {
      const width = 2 ** bucket;
      if (Math.floor(kept[bucket].upstream / width) === Math.floor(sync.upstream / width)) return;
      kept[bucket] = sync;
    }
  };
  return {
    copied: (upstream, downstream) => {
      const isDue = lastNoted < 0 || downstream - (lastNoted + 1) >= maxLag || upstream - previous !== 1;
      previous = upstream;
      if (isDue) {
        lastNoted = downstream;
        delayed = null;
        note({ upstream, downstream });
      } else {
        delayed = { upstream, downstream };
      }
    },
    promote: () => {
      if (delayed !== null) note(delayed);
      delayed = null;
    },
    translate: (upstream) => {
      const sync = kept.find((each) => each.upstream <= upstream);
      if (sync === undefined) return -1;
      return sync.downstream + (sync.upstream === upstream ? 0 : 1);
    },
  };
}
