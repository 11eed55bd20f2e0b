import type { EventTarget } from '../../../sim/event-queue.ts';
import type { DatabaseModel } from '../model.ts';
import type { Node } from '../node.ts';
import type { Shard } from '../shard.ts';
import type { FailoverTimings } from './config.ts';
import type { Succession } from './succession.ts';

const look = 0;
const promotion = 1;

/**
 * Watches one shard's primary, and has another copy promoted where it is lost.
 *
 * Rule: observers stand in each region that has copies. At each look, one region judges the primary dead if of the
 * observers that it can ask (itself among them) more than half cannot reach it; where some region has judged so `failures`
 * times in a row, the primary's lease has run out and that region chooses among the replicas that it can reach. The
 * choice counts `promote` later, and not before the chosen one has applied all that it has received.
 * Source: Patroni, whose key in the consensus store expires ttl = failures × interval after its last renewal; quorum of
 * observers as Redis Sentinel's. Differs: the consensus store itself is not simulated, so that a region that is cut off from
 * all others may judge too; what keeps it from making a second primary is that it has the first one, or the lease.
 * Cost: an event a shard and interval; regions squared questions.
 */
export class Watch implements EventTarget {
  private failures = 0;
  private chosen = -1;
  private isStuck = false;
  private readonly interval: number;
  private readonly places: readonly number[];

  constructor(
    private readonly model: DatabaseModel,
    private readonly shard: Shard,
    private readonly succession: Succession,
    private readonly timings: FailoverTimings,
    /** Uniform in [0, 1): when it looks first. */
    private readonly phase: number,
  ) {
    this.interval = Math.round(timings.interval * 1e9);
    this.places = [...new Set(shard.nodes.map(({ place }) => place))].sort((one, other) => one - other);
  }

  start(): void {
    this.model.agenda.after(Math.round(this.phase * this.interval), this, look);
  }

  fire(what: number): void {
    if (what === look) {
      this.model.agenda.after(this.interval, this, look);
      this.looks();
    } else {
      this.promotes();
    }
  }

  private looks(): void {
    const { shard, succession } = this;
    this.listCopies();
    succession.look();
    const judge = this.judge();
    if (judge === undefined) {
      this.failures = 0;
      this.isStuck = false;
      // Its lease is renewed.
      if (this.chosen < 0) shard.primary.isFenced = false;
      return;
    }
    this.failures += 1;
    if (this.failures >= this.timings.failures && this.chosen < 0) this.decide(judge);
  }

  /** Callers no longer ask copies that have been dead for a while; and ask those again that are back. */
  private listCopies(): void {
    const { shard, succession, timings } = this;
    let inStep = 0;
    let isChanged = false;
    for (const node of shard.nodes) {
      const isReached = node.alive && (node.isPrimary || this.model.hears(shard.primary.place, node.place));
      node.misses = isReached ? 0 : node.misses + 1;
      const isListed = node.misses < timings.failures;
      if (isListed !== node.isListed) isChanged = true;
      node.isListed = isListed;
      if (!node.isPrimary && isListed) inStep += 1;
    }
    if (isChanged) shard.refresh();
    succession.inStepAre(inStep);
  }

  /** A region that judges the primary dead; undefined where none does. */
  private judge(): number | undefined {
    const { model, places, shard } = this;
    const { primary } = shard;
    const reaches = (from: number) => primary.alive && model.hears(from, primary.place);
    return places.find((place) => {
      if (model.isLost(place)) return false;
      const asked = places.filter((other) => !model.isLost(other) && model.hears(place, other));
      const without = asked.filter((other) => !reaches(other)).length;
      return without * 2 > asked.length;
    });
  }

  private decide(judge: number): void {
    const { model, shard, succession } = this;
    if (model.isLeased) shard.primary.isFenced = true;
    const chosen = this.choose(judge);
    const what = `${succession.nameOf(shard.primary)} is judged dead`;
    if (chosen < 0) {
      if (!this.isStuck) model.note(`${what}, and no replica can be reached`);
      this.isStuck = true;
      return;
    }
    this.chosen = chosen;
    const { node, apply } = shard.followers[chosen];
    model.note(`${what}: ${succession.nameOf(node)} is to be primary`);
    const { now } = model.wiring.simulation;
    const ready = Math.max(now + Math.round(this.timings.promote * 1e9), apply.freeAt);
    model.agenda.at(ready, this, promotion);
  }

  /** Number of the replica that a region chooses; −1 where it reaches none. */
  private choose(judge: number): number {
    const { model, shard } = this;
    const isCandidate = ({ node }: { node: Node }) => node.alive && model.hears(judge, node.place);
    const rank = (replica: number) =>
      model.isByLag ? -(shard.streams?.receivedUpTo(replica) ?? 0) : shard.followers[replica].node.place;
    return shard.followers
      .flatMap((follower, replica) => (isCandidate(follower) ? [replica] : []))
      .reduce((best, replica) => (best < 0 || rank(replica) < rank(best) ? replica : best), -1);
  }

  private promotes(): void {
    const { chosen, shard, succession } = this;
    this.chosen = -1;
    // Who died meanwhile is not promoted; the next look chooses anew.
    if (!shard.followers[chosen].node.alive) return;
    succession.promote(chosen);
    this.failures = 0;
  }
}
