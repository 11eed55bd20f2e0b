import type { Wiring } from '../wiring.ts';
import type { Group } from './group.ts';
import { type GroupMeters, groupMeters } from './metrics.ts';

/** Meters what a grouping that has a name does, on all instances. */
export class GroupMetering {
  private readonly meters: GroupMeters;

  constructor(
    name: string,
    private readonly wiring: Wiring,
  ) {
    this.meters = wiring.meters(['batches', name], groupMeters);
  }

  /** A poll's groups begin. */
  begun(groups: readonly Group[], records: number): void {
    const { meters, wiring } = this;
    wiring.simulation.digest(groups.length);
    if (!wiring.window.open) return;
    for (const { size } of groups) meters.groupSize.observe(size);
    meters.groups.count(groups.length);
    meters.records.count(records);
    meters.writesSaved.observe(records - groups.length, records);
  }

  failed({ size }: Group): void {
    this.meters.failed.count(size);
  }
}
