import type { Simulation } from '../../sim/simulation.ts';
import type { GroupPartition } from './group-partition.ts';
import type { ConsumerMeters } from './metrics.ts';

/**
 * How long partitions stand still when their owner goes, and how long the group then needs to be where it was: from the
 * instant at which all are read again until the lag is back at what it was when the first of them stopped.
 */
export class Standstill {
  private standing = 0;
  /** The lag when the first one stopped; −1 while nothing is to be made up for. */
  private level = -1;
  /** Since when all are read again; −1 while some are not. */
  private drainsSince = -1;

  constructor(
    private readonly simulation: Simulation,
    private readonly meters: ConsumerMeters,
    private readonly lag: () => number,
  ) {}

  /** Nobody reads a partition any more. */
  stopped(partition: GroupPartition): void {
    if (partition.stoppedAt >= 0) return;
    partition.stoppedAt = this.simulation.now;
    this.standing += 1;
    this.drainsSince = -1;
    if (this.level < 0) this.level = this.lag();
  }

  /** Its new owner knows where to begin and asks for its records. */
  resumed(partition: GroupPartition): void {
    if (partition.stoppedAt < 0) return;
    const { now } = this.simulation;
    this.meters.rebalancePause.observe((now - partition.stoppedAt) / 1e9);
    partition.stoppedAt = -1;
    this.standing -= 1;
    if (this.standing > 0) return;
    this.drainsSince = now;
    this.lagFell(this.lag());
  }

  lagFell(lag: number): void {
    if (this.drainsSince < 0 || lag > this.level) return;
    this.meters.drainTime.observe((this.simulation.now - this.drainsSince) / 1e9);
    this.drainsSince = -1;
    this.level = -1;
  }

  /** What has not ended by now never does. */
  closeWindow(): void {
    for (let open = 0; open < this.standing; open += 1)
      this.meters.rebalancePause.observe(Number.POSITIVE_INFINITY);
    if (this.level >= 0) this.meters.drainTime.observe(Number.POSITIVE_INFINITY);
  }
}
