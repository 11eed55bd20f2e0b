import type { Network } from '../contracts/network.ts';
import type { MirroredTopic } from '../contracts/topic.ts';
import type { Group } from './group.ts';
import type { GroupPartition } from './group-partition.ts';

/**
 * How far a group had come in its own region, as the region knows it that would go on for it: offsets in the copies, from
 * checkpoints that MirrorMaker 2 takes now and then.
 *
 * Source: Apache Kafka, connect/mirror/MirrorCheckpointTask.java; emit.checkpoints.interval.seconds and
 * sync.group.offsets.interval.seconds 60. Differs: a checkpoint is there at once where the link is whole.
 */
export class Checkpoints {
  private readonly translated: number[];

  constructor(
    private readonly source: Group,
    private readonly mirror: MirroredTopic,
    private readonly place: number,
    private readonly network: Network,
  ) {
    mirror.trackOffsets();
    this.translated = mirror.logs.map(() => 0);
  }

  /** @returns whether it could be taken: both ways must be whole, and the brokers there alive */
  take(): boolean {
    const { mirror, network, place, source } = this;
    const { place: there } = source.topic;
    if (!network.passes(there, place) || !network.passes(place, there)) return false;
    mirror.logs.forEach((_, number) => {
      const partition: GroupPartition = source.partitions[number];
      if (partition.log.leader < 0) return;
      const offset = mirror.translate(number, partition.committed);
      this.translated[number] = Math.max(this.translated[number], offset);
    });
    return true;
  }

  /** Offset in the copy of a partition from which somebody would go on. */
  of(number: number): number {
    return this.translated[number];
  }
}
