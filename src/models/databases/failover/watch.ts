import { toTicks } from '../../../sim/clock.ts';
import type { EventTarget } from '../../../sim/event-queue.ts';
import type { Stretch, Turn } from '../../milestones.ts';
import type { DatabaseModel } from '../model.ts';
import type { Node } from '../node.ts';
import { witnessesOf } from '../replication-mode.ts';
import type { Shard } from '../shard.ts';
import type { FailoverTimings } from './config.ts';
import { HeardOf } from './heard-of.ts';
import type { Succession } from './succession.ts';

const look = 0;
const promotion = 1;
const decision = 2;

/** A primary that is found dead, until there is another. */
interface Verdict {
  readonly cause: Turn | undefined;
  /** When it can be decided who comes next. */
  readonly from: number;
  readonly decision: Stretch;
  promotion?: Stretch;
}

/**
 * Watches one shard's primary, and has another copy promoted where it is lost.
 *
 * Rule: observers stand in each region that has copies. At each look, one region judges the primary dead if of the
 * observers that it can ask (itself among them) more than half cannot reach it. A region that can ask fewer than half of all
 * judges nothing: it is cut off itself. Where some region has judged so `failures` times in a row and can reach a replica, the
 * primary's lease has run out and that region chooses, at once or when people have decided to. The choice counts `promote`
 * later, and not before the chosen one has applied all that it has received.
 * Source: Patroni, whose key in the consensus store expires ttl = failures × interval after its last renewal; quorum of
 * observers as Redis Sentinel's. Differs: the consensus store itself is not simulated. Half of all are enough, as if a witness
 * elsewhere agreed with them, so that of two regions one may judge; what keeps both sides of a cut from making a primary is
 * that one has the first, or has heard of none.
 * Cost: an event a shard and interval; regions squared questions.
 */
export class Watch implements EventTarget {
  private failures = 0;
  private chosen = -1;
  private isStuck = false;
  /** What the first of the looks that failed is put down to. */
  private cause: Turn | undefined;
  private verdict: Verdict | undefined;
  private readonly interval: number;
  private readonly places: readonly number[];
  private readonly heardOf: HeardOf;

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
    this.heardOf = new HeardOf(
      this.places,
      (place, other) => !model.isLost(place) && !model.isLost(other) && model.hears(place, other),
    );
  }

  start(): void {
    this.model.agenda.after(Math.round(this.phase * this.interval), this, look);
  }

  fire(what: number): void {
    if (what === look) {
      this.model.agenda.after(this.interval, this, look);
      this.looks();
    } else if (what === decision) {
      this.decides();
    } else {
      this.promotes();
    }
  }

  private looks(): void {
    const { shard, succession } = this;
    this.heardOf.pass();
    this.listCopies();
    succession.look();
    const judge = this.judge();
    if (judge === undefined) {
      this.failures = 0;
      this.isStuck = false;
      if (this.chosen < 0) this.acquit();
      // Its lease is renewed.
      if (this.chosen < 0) {
        shard.primary.isFenced = false;
        this.keepInStep();
      }
      return;
    }
    this.failures += 1;
    if (this.failures === 1) this.cause = succession.causeOfDeath ?? this.whyUnreached(judge);
    if (this.failures < this.timings.failures || this.chosen >= 0) return;
    this.verdict ??= this.condemn();
    if (this.model.wiring.simulation.now >= this.verdict.from) this.decide(judge, this.verdict);
  }

  /** The primary is found dead. */
  private condemn(): Verdict {
    const { cause, model, shard, timings } = this;
    const { milestones, simulation } = model.wiring;
    const whose = model.partOf(shard);
    milestones.since('detect', whose, cause, simulation.now);
    const from = simulation.now + toTicks(timings.decision);
    if (timings.decision > 0) model.agenda.at(from, this, decision);
    return { cause, from, decision: milestones.begin('decide', whose, simulation.now, cause) };
  }

  /** It is not dead after all, or another one is primary: nothing is left to be decided. */
  private acquit(): void {
    const { now } = this.model.wiring.simulation;
    this.verdict?.decision.end(now);
    this.verdict?.promotion?.end(now);
    this.verdict = undefined;
  }

  /** Who was to be asked has decided. */
  private decides(): void {
    const judge = this.judge();
    if (this.verdict !== undefined && this.chosen < 0 && judge !== undefined)
      this.decide(judge, this.verdict);
  }

  /** Callers no longer ask copies that have been dead for a while; and ask those again that are back. */
  private listCopies(): void {
    const { model, shard, timings } = this;
    let isChanged = false;
    for (const node of shard.nodes) {
      node.misses = node.alive && !model.isLost(node.place) ? 0 : node.misses + 1;
      const isListed = node.misses < timings.failures;
      if (isListed !== node.isListed) isChanged = true;
      node.isListed = isListed;
    }
    if (isChanged) shard.refresh();
  }

  /** A primary that holds its lease says which replicas it waits for: none that it has missed for as long, until it is back. */
  private keepInStep(): void {
    const { model, shard, succession, timings } = this;
    const { now } = model.wiring.simulation;
    let inStep = 0;
    for (const { node } of shard.followers) {
      const isReached = node.alive && model.hears(shard.primary.place, node.place);
      node.silences = isReached ? 0 : node.silences + 1;
      if (node.silences >= timings.failures) node.isInStep = false;
      else if (!node.isInStep) node.isInStep = shard.follows(node, now);
      if (node.isInStep) inStep += 1;
    }
    succession.inStepAre(inStep);
  }

  /** A region that judges the primary dead, one with a replica to choose if there is one; undefined where none does. */
  private judge(): number | undefined {
    const judges = this.places.filter((place) => this.judgesDead(place));
    return judges.find((place) => this.choose(place) >= 0) ?? judges[0];
  }

  private judgesDead(place: number): boolean {
    const { model, places, shard } = this;
    const { primary } = shard;
    if (model.isLost(place) || !this.heardOf.knows(place)) return false;
    const asked = places.filter((other) => !model.isLost(other) && model.hears(place, other));
    if (asked.length * 2 < places.length) return false;
    const without = asked.filter((other) => !primary.alive || !model.hears(other, primary.place)).length;
    return without * 2 > asked.length;
  }

  /** What keeps the observers that a region can ask from reaching the primary, though it lives. */
  private whyUnreached(judge: number): Turn | undefined {
    const { model, places, shard } = this;
    const { network, wiring } = model;
    const { place } = shard.primary;
    const without = places.find((other) => model.hears(judge, other) && !model.hears(other, place));
    if (without === undefined) return wiring.milestones.cause;
    return network.cutBy(without, place) ?? network.cutBy(place, without);
  }

  private decide(judge: number, verdict: Verdict): void {
    const { model, shard, succession } = this;
    const chosen = this.choose(judge);
    const what = `${succession.nameOf(shard.primary)} is judged dead`;
    if (chosen < 0) {
      if (!this.isStuck)
        model.note(
          `${what}, and ${this.whyNobody(judge)}`,
          succession.meaning(
            'judged',
            'primaries',
            shard.primary,
            'are judged dead, and nobody can take over',
          ),
        );
      this.isStuck = true;
      return;
    }
    if (model.isLeased) succession.fence();
    this.chosen = chosen;
    const { node, apply } = shard.followers[chosen];
    model.note(
      `${what}: ${succession.nameOf(node)} is to be primary`,
      succession.meaning('judged', 'primaries', shard.primary, 'are judged dead'),
    );
    const { milestones, simulation } = model.wiring;
    const { now } = simulation;
    verdict.decision.end(now);
    verdict.promotion ??= milestones.begin('promote', model.partOf(shard), now, verdict.cause);
    const ready = Math.max(now + Math.round(this.timings.promote * 1e9), apply.freeAt);
    model.agenda.at(ready, this, promotion);
  }

  private whyNobody(judge: number): string {
    const { model, shard } = this;
    const reached = shard.followers.filter(({ node }) => node.alive && model.hears(judge, node.place)).length;
    if (reached === 0) return 'no replica is in reach';
    return `of its replicas only ${reached} ${reached === 1 ? 'is' : 'are'} in reach, which may lack what was acknowledged`;
  }

  /** Number of the replica that a region chooses; −1 where it reaches none. */
  private choose(judge: number): number {
    const { model, shard, succession } = this;
    const isReached = ({ node }: { node: Node }) =>
      node.alive && !succession.isOld(node) && !shard.isForsaken(node) && model.hears(judge, node.place);
    const { mode } = model.config.replication;
    // Every quorum of writers has a copy in common with so many: what was acknowledged is on one of them.
    const count = shard.followers.length;
    if (mode === 'quorum' && shard.followers.filter(isReached).length < witnessesOf(count)) return -1;
    const isCandidate = (follower: { node: Node }) =>
      isReached(follower) && (mode !== 'sync' || follower.node.isInStep);
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
    succession.promote(chosen, this.verdict?.cause);
    this.heardOf.begin(shard.primary.place);
    this.acquit();
    this.failures = 0;
  }
}
