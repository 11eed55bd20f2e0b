import type { EventTarget } from '../../../sim/event-queue.ts';
import type { Agenda } from '../../../sim/simulation.ts';
import type { LineCustomer } from '../../../sim/stations/line.ts';
import type { DatabaseModel } from '../model.ts';
import type { Shard } from '../shard.ts';
import type { PartitionedTable } from './table.ts';

/** A partition to be moved, and the core time and log that this takes. */
interface Job {
  readonly partition: number;
  readonly to: 'warm' | 'cold';
  /** Ticks of a core that are left. */
  left: number;
  /** Bytes of log a tick. */
  readonly logRate: number;
}

/** What it works on a core before others have their turn: a scheduler’s slice. */
const slice = 10e6;

/**
 * Moves the partitions of one shard from tier to tier, one at a time, on a core of the primary: compresses what is no longer
 * hot, archives what is no longer warm. It queues for a core slice by slice, as queries do; what it compresses goes
 * through the log to the replicas, which apply it before the writes that come after.
 */
export class TierKeeper implements EventTarget, LineCustomer {
  private readonly agenda: Agenda;
  private readonly jobs: Job[] = [];
  private token = 0;
  private working = 0;

  constructor(
    private readonly table: PartitionedTable,
    private readonly shard: Shard,
    private readonly model: DatabaseModel,
  ) {
    this.agenda = model.wiring.agenda();
  }

  /** A new partition is the newest. */
  rolledOver(): void {
    const { jobs, table } = this;
    const { lengths, partitions, settings } = table;
    const { warm, cold } = settings;
    const noLongerHot = partitions.newest - lengths.hot;
    const noLongerWarm = noLongerHot - lengths.warm;
    const isIdle = jobs.length === 0;
    if (lengths.warm > 0) this.add(noLongerHot, 'warm', warm.rate, 1 / warm.ratio);
    if (lengths.cold > 0) this.add(noLongerWarm, 'cold', cold.rate, 0);
    if (isIdle) this.goOn();
  }

  /** @param logged bytes of log for each byte of rows */
  private add(partition: number, to: 'warm' | 'cold', rate: number, logged: number): void {
    const left = Math.round((this.table.bytesOf(partition, this.shard) / rate) * 1e9);
    this.jobs.push({ partition, to, left, logRate: (logged * rate) / 1e9 });
  }

  private goOn(): void {
    const [job] = this.jobs;
    if (job === undefined) return;
    const { now } = this.model.wiring.simulation;
    this.working = Math.min(slice, job.left);
    this.table.metering.worked(this.working);
    this.replan(this.shard.primary.cores.serve(now, this.working, this));
  }

  replan(departure: number): void {
    this.token += 1;
    this.agenda.at(departure, this, this.token);
  }

  fire(token: number): void {
    if (token !== this.token) return;
    const [job] = this.jobs;
    job.left -= this.working;
    if (job.logRate > 0) this.shard.shipBulk(job.logRate * this.working);
    if (job.left <= 0) this.finish(job);
    this.goOn();
  }

  private finish({ partition, to }: Job): void {
    const { jobs, model, shard, table } = this;
    const { simulation, timeline } = model.wiring;
    const tiers = table.tiers[shard.number];
    jobs.shift();
    if (to === 'warm') tiers.compressed(partition);
    else tiers.archived(partition);
    const what = `table partition ${table.partitions.nameOf(partition)} of shard ${shard.number} is ${to}`;
    timeline.note(simulation.now, `databases.${model.name}`, what);
  }
}
