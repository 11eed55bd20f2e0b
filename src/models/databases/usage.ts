import type { Node } from './node.ts';
import type { Shard } from './shard.ts';

/** What nodes and logs did in the measured window: operations finished, and nanoseconds in use and there. */
export class Usage {
  reads = 0;
  writes = 0;
  scans = 0;
  rows = 0;
  busy = 0;
  there = 0;
  primaryBusy = 0;
  primaryThere = 0;
  flushing = 0;
  /** Log-nanoseconds there. */
  logs = 0;
  commits = 0;
  flushes = 0;
  applying = 0;
  appliers = 0;

  get operations(): number {
    return this.reads + this.writes + this.scans;
  }

  addNode(node: Node, now: number): void {
    const { busyTicks, serverTicks } = node.cores.observe(now);
    this.reads += node.served.reads;
    this.writes += node.served.writes;
    this.scans += node.served.scans;
    this.rows += node.served.rows;
    this.busy += busyTicks;
    this.there += serverTicks;
    if (!node.isPrimary) return;
    this.primaryBusy += busyTicks;
    this.primaryThere += serverTicks;
  }

  addApply(ticks: number, length: number): void {
    this.applying += ticks;
    this.appliers += length;
  }

  /** @param length of the window, in nanoseconds */
  addShard({ nodes, flush, followers }: Shard, now: number, length: number): void {
    for (const node of nodes) this.addNode(node, now);
    for (const { apply } of followers) this.addApply(apply.appliedTicks, length);
    this.flushing += flush.flushTicks;
    this.logs += length;
    this.commits += flush.commits;
    this.flushes += flush.flushes;
  }
}
