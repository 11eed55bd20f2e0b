/**
 * Kafka's place of records without a key: stay on one partition until a batch is full, then draw the next.
 *
 * Rule: switch after `batchSize` bytes if the batch is complete, after twice that at the latest. The next
 * partition is random % available; or, where queues differ, partition i is drawn with weight (longest queue +
 * 1 − queue i), once each partition has had a batch.
 * Source: Apache Kafka 1eb7644349cb, clients/…/producer/internals/BuiltInPartitioner.java (KIP-480, as
 * KIP-794 made it from 3.3 on), and RecordAccumulator.partitionReady for the queues. Differs: one thread, so no
 * compare-and-set; the queues are those of the switch, not of the sender's last look. Cost: O(1) a record, O(log
 * partitions) a switch, or O(partitions) where it asks for queues.
 */

export interface StickyOptions {
  /** Partitions of the topic. */
  count: number;
  /** batch.size, in bytes. Default: 16384. */
  batchSize?: number;
  /** Partitions that have a leader at this moment. Default: all. */
  available?: () => readonly number[];
  /** Batches that wait by partition, asked for at each switch. Default: the draw adapts to what it is told. */
  queues?: () => readonly number[];
}

export interface StickyPartitioner {
  /** The partition for the next record. */
  partition(): number;
  /**
   * Counts bytes appended to that partition and answers whether it was left. `batchComplete` says whether the
   * batch is ready to be sent, or whether leaving would send half of one.
   */
  append(bytes: number, batchComplete?: boolean): boolean;
  /**
   * Adapts the draw to the queues, batches waiting a partition (partitioner.adaptive.partitioning.enable);
   * undefined stops adapting. Only the first `included` count: the rest were too slow
   * (partitioner.availability.timeout.ms).
   */
  observeQueues(
    sizes: readonly number[] | undefined,
    partitions?: readonly number[],
    included?: number,
  ): void;
}

interface LoadTable {
  /** Running sum of the weights. */
  readonly ends: readonly number[];
  readonly partitions: readonly number[];
}

/** The partitioner of one producer for one topic; `random31` draws an integer in [0, 2³¹). */
export function kafkaSticky(options: StickyOptions, random31: () => number): StickyPartitioner {
  const { count, batchSize = 16384, available, queues } = options;
  if (batchSize < 1) throw new RangeError(`batchSize must be at least 1, not ${batchSize}`);
  let current: number | undefined;
  let produced = 0;
  let loads: LoadTable | undefined;
  const used = new Set<number>();

  function adapt(sizes: readonly number[]): void {
    const partitions = available?.() ?? sizes.map((_, partition) => partition);
    const offered = partitions.map((partition) => sizes[partition]);
    const padded = [...offered, ...new Array<number>(count - offered.length).fill(0)];
    loads = loadTable(padded, partitions, partitions.length);
  }

  function next(): number {
    const random = random31();
    if (queues && used.size === count) adapt(queues());
    if (loads) return drawByLoad(loads, random);
    const candidates = available?.();
    return candidates?.length ? candidates[random % candidates.length] : random % count;
  }

  return {
    partition() {
      current ??= next();
      return current;
    },
    append(bytes, batchComplete = true) {
      if (queues && produced === 0) used.add(current as number);
      produced += bytes;
      if (produced < batchSize || (!batchComplete && produced < batchSize * 2)) return false;
      current = next();
      produced = 0;
      return true;
    },
    observeQueues(sizes, partitions = sizes?.map((_, index) => index) ?? [], included = sizes?.length) {
      loads = sizes && loadTable(sizes, partitions, included!);
    },
  };
}

/** The weights' running sum; undefined where every partition is as good as the others. */
export function loadTable(
  sizes: readonly number[],
  partitions: readonly number[],
  included: number,
): LoadTable | undefined {
  if (included < 1 || sizes.length < 2) return undefined;
  const counted = sizes.slice(0, included);
  const longest = Math.max(...counted);
  if (included === sizes.length && counted.every((size) => size === longest)) return undefined;
  let end = 0;
  const ends = counted.map((size) => {
    end += longest + 1 - size;
    return end;
  });
  return { ends, partitions };
}

/** The partition of the first running sum strictly above random % total. */
function drawByLoad({ ends, partitions }: LoadTable, random: number): number {
  const weighted = random % ends[ends.length - 1];
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle] > weighted) high = middle;
    else low = middle + 1;
  }
  return partitions[low];
}
