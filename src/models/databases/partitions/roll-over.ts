import type { EventTarget } from '../../../sim/event-queue.ts';
import type { Agenda } from '../../../sim/simulation.ts';
import type { DatabaseModel } from '../model.ts';
import type { PartitionedTable } from './table.ts';
import { TierKeeper } from './tier-keeper.ts';

/** Makes the next partition when its day or month begins; what is older moves on, the oldest is dropped. */
export class RollOver implements EventTarget {
  private readonly agenda: Agenda;
  private readonly keepers: readonly TierKeeper[];

  constructor(
    private readonly table: PartitionedTable,
    private readonly model: DatabaseModel,
  ) {
    this.agenda = model.wiring.agenda();
    this.keepers = model.shards.map((shard) => new TierKeeper(table, shard, model));
  }

  start(): void {
    const { nextAt } = this.table.partitions;
    if (nextAt < Number.POSITIVE_INFINITY) this.agenda.at(nextAt, this);
  }

  fire(): void {
    const { keepers, model, table } = this;
    const { partitions } = table;
    const { simulation, timeline } = model.wiring;
    const dropped = partitions.nameOf(partitions.oldest);
    partitions.rollOver();
    table.metering.rolledOver();
    const what = `table partition ${partitions.nameOf(partitions.newest)} is made, ${dropped} is dropped`;
    timeline.note(simulation.now, `databases.${model.name}`, what);
    for (const keeper of keepers) keeper.rolledOver();
    this.start();
  }
}
