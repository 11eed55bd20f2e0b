import { toSeconds } from '../../../sim/clock.ts';
import { formatQuantity } from '../../../units/index.ts';
import type { Silence } from '../../contracts/network.ts';
import type { Failure } from '../../cursor.ts';
import type { Turn } from '../../milestones.ts';
import type { RecoveryPoint } from '../../recovery-point.ts';
import type { Meaning } from '../../timeline.ts';
import type { DatabaseModel } from '../model.ts';
import type { Node } from '../node.ts';
import type { Shard } from '../shard.ts';
import type { Streams } from '../streams.ts';
import { LostHistory } from './lost-history.ts';

/**
 * The lives of a shard's copies: who dies, who becomes primary, what is lost, and how the old primary comes back.
 *
 * Rule: a new primary's history is what it has received; everything after that is gone. Acknowledged writes among it are
 * lost. An old primary that lives and was not fenced goes on for those who can reach only it (split brain) until it hears
 * of the new one, and all that it accepted meanwhile is lost too. It undoes what only it has, then gets what it lacks.
 * Source: PostgreSQL's timelines and pg_rewind; Patroni.
 */
export class Succession {
  /** The old primary that goes on beside the new one. */
  private rival: Node | null = null;
  private readonly losses: LostHistory[] = [];
  /** Rows that a node has and its successor has not. */
  private readonly diverged = new Map<Node, number>();
  /** Nodes that will be back after some time; a later death makes that void. */
  private readonly returns = new Map<Node, number>();
  private lives = 0;
  /** Faults that have a node down. */
  private readonly blows = new Map<Node, number>();
  /** Nodes whose disk one of them has destroyed. */
  private readonly emptied = new Set<Node>();
  private diedAt = Number.NaN;
  private fencedAt = Number.NaN;
  /** What its primary died of; undefined while it lives. */
  causeOfDeath: Turn | undefined;
  discarded = 0;
  splitBrain = 0;
  failovers = 0;
  /** Replicas that a write which waits for all waits for; those known to be dead are left out. */
  inStep = Number.POSITIVE_INFINITY;

  constructor(
    private readonly model: DatabaseModel,
    private readonly shard: Shard,
    private readonly streams: Streams,
  ) {}

  private get now(): number {
    return this.model.wiring.simulation.now;
  }

  get points(): RecoveryPoint[] {
    return this.losses.map((loss) => loss.point);
  }

  /** Whether a copy was primary and has not heard yet that it is so no more. */
  isOld(node: Node): boolean {
    return node === this.rival || (node.isFenced && node !== this.shard.primary) || this.diverged.has(node);
  }

  primaryFor(place: number): Node {
    const { rival, shard } = this;
    if (rival === null) return shard.primary;
    const { network } = this.model;
    if (network.passes(place, shard.primary.place) && network.passes(shard.primary.place, place))
      return shard.primary;
    return rival;
  }

  /** Whether a node takes a write that it has just made durable; and acknowledges it, where it waits for nobody. */
  accepts(node: Node, rows: number, isAcknowledged: boolean): boolean {
    if (node.isFenced) return false;
    if (node === this.shard.primary) return true;
    if (node !== this.rival) return false;
    this.splitBrain += rows;
    this.diverged.set(node, (this.diverged.get(node) ?? 0) + rows);
    if (isAcknowledged) this.losses.at(-1)?.add(this.now, this.now, rows);
    return true;
  }

  /** The primary's lease has run out. */
  fence(): void {
    const { primary } = this.shard;
    if (!primary.isFenced) this.fencedAt = this.now;
    primary.isFenced = true;
  }

  /** So many replicas are known to be in step: those who wait for all wait for no more. */
  inStepAre(count: number): void {
    if (count === this.inStep) return;
    this.inStep = count;
    this.streams.planAll();
  }

  /**
   * A node dies; it does so once for all that kill it, and is back when the last of them is over.
   * @param silence what holds up who is at it or asks it, where its machine dies without a word; null: they are refused
   */
  died(node: Node, reason: Failure, silence: Silence | null = null): void {
    node.silence ??= silence;
    this.blows.set(node, (this.blows.get(node) ?? 0) + 1);
    if (!node.alive) {
      this.returns.delete(node);
      return;
    }
    const { shard, streams, now } = this;
    node.die(now, reason);
    this.model.catchingUp.ends(node);
    if (node === this.rival) this.endRivalry();
    if (node === shard.primary) {
      this.diedAt = now;
      this.causeOfDeath = this.model.wiring.milestones.cause;
      streams.cutAll();
      this.model.crashRelays(shard.number);
    } else {
      streams.cut(node.replica);
    }
  }

  /** A node is there again, with its disk or an empty one. */
  restored(node: Node, data: 'kept' | 'destroyed'): void {
    const blows = (this.blows.get(node) ?? 0) - 1;
    this.blows.set(node, Math.max(0, blows));
    if (data === 'destroyed') this.emptied.add(node);
    if (node.alive || blows > 0) return;
    node.speaks();
    const left = this.emptied.delete(node) ? 'destroyed' : 'kept';
    if (node === this.shard.primary) this.primaryRestored(node, left);
    else this.follows(node, left);
  }

  private primaryRestored(node: Node, data: 'kept' | 'destroyed'): void {
    const { shard, streams } = this;
    if (data === 'destroyed')
      this.goesBackTo(Math.max(-1, ...shard.followers.map((_, replica) => this.got(replica))));
    this.later(node, data === 'destroyed' ? this.copyTicks : 0, () => {
      node.alive = true;
      this.causeOfDeath = undefined;
      for (let replica = 0; replica < shard.followers.length; replica += 1) streams.open(replica);
      this.model.restartRelays(shard.number);
    });
  }

  /** A replica's node, or an old primary's, gets what it lacks. */
  private follows(node: Node, data: 'kept' | 'destroyed'): void {
    const diverged = this.diverged.get(node) ?? 0;
    this.diverged.delete(node);
    if (data === 'destroyed') this.streams.startsFromCopy(node.replica);
    const rewind = diverged > 0 ? this.model.rewindTicks : 0;
    this.model.catchingUp.begins(node);
    if (data === 'kept') this.discarded += diverged;
    if (diverged > 0 && data === 'kept')
      this.model.note(
        `${this.nameOf(node)} undoes ${diverged === 1 ? 'a write' : `${diverged} writes`} that its successor lacks`,
        this.meaning('old-primary', 'old primaries', node, 'undo writes that their successors lack'),
      );
    this.later(node, data === 'destroyed' ? this.copyTicks : rewind, () => {
      node.alive = true;
      node.isFenced = false;
      this.streams.open(node.replica);
    });
  }

  /** What a replica lacks is kept nowhere: it is taken down, and gets a whole copy. */
  copied(node: Node): void {
    this.model.note(`${this.nameOf(node)} is copied whole`);
    node.die(this.now, 'unavailable');
    this.follows(node, 'destroyed');
  }

  private later(node: Node, ticks: number, what: () => void): void {
    this.lives += 1;
    const life = this.lives;
    this.returns.set(node, life);
    const fire = () => {
      if (this.returns.get(node) !== life) return;
      this.returns.delete(node);
      what();
    };
    if (ticks === 0) fire();
    else this.model.agenda.after(Math.round(ticks), { fire });
  }

  private get copyTicks(): number {
    const { catchUp, settings } = this.model;
    return (settings.storage / catchUp) * 1e9;
  }

  /** Number of the last statement that a replica's node has; before all of them where it is dead. */
  private got(replica: number): number {
    return this.shard.followers[replica].node.alive ? this.streams.receivedUpTo(replica) : -1;
  }

  /** When its primary took its last write: it died, or its lease ran out, whichever came first; Infinity while it goes on. */
  private get endOfHistory(): number {
    const { alive, isFenced } = this.shard.primary;
    return Math.min(
      alive ? Number.POSITIVE_INFINITY : this.diedAt,
      isFenced ? this.fencedAt : Number.POSITIVE_INFINITY,
    );
  }

  /** The history after a statement is gone. @returns rows of it */
  private goesBackTo(number: number): number {
    const { shard, streams, now } = this;
    const { primary } = shard;
    const loss = new LostHistory(primary.alive ? now : this.diedAt, this.endOfHistory);
    this.losses.push(loss);
    streams.failWaiting('read-only');
    const gone = streams.truncate(number);
    if (primary.alive) this.model.crashRelays(shard.number);
    const published = gone.length === 0 ? 0 : this.model.forgetEvents(shard.number, gone[0].committedAt);
    if (published > 0) this.model.note(`${published} events of writes that are gone had been published`);
    for (const { acknowledgedAt, committedAt, rowCount } of gone)
      if (acknowledgedAt <= now) loss.add(committedAt, acknowledgedAt, rowCount);
    return gone.reduce((sum, { rowCount }) => sum + rowCount, 0);
  }

  /** A replica becomes primary now, with what it has. */
  promote(replica: number): void {
    const { shard, streams, model } = this;
    const old = shard.primary;
    const fresh = shard.followers[replica].node;
    this.failovers += 1;
    const gone = this.goesBackTo(streams.receivedUpTo(replica));
    if (gone > 0) this.diverged.set(old, gone);
    streams.cutAll();
    streams.hasAll(replica);
    shard.succeed(replica);
    fresh.isFenced = false;
    fresh.isListed = true;
    this.causeOfDeath = undefined;
    model.catchingUp.ends(fresh);
    for (let other = 0; other < shard.followers.length; other += 1)
      if (other !== replica) streams.open(other);
    model.note(
      `${this.nameOf(fresh)} is primary: ${inWords((this.losses.at(-1) as LostHistory).point)}`,
      this.meaning('promoted', 'shards promoted', fresh),
    );
    model.restartRelays(shard.number);
    if (!old.alive) return;
    if (model.hears(fresh.place, old.place)) this.depose(old);
    // Out of reach: it goes on, or has stopped by itself, and undoes nothing before it hears of the new one.
    else if (!old.isFenced) this.rival = old;
    shard.refresh();
  }

  /** The old primary that went on goes on no more. */
  private endRivalry(): void {
    this.rival = null;
    this.losses.at(-1)?.ends(this.now);
  }

  /** An old primary that has heard of the new one stops, undoes and follows. */
  private depose(old: Node): void {
    if (this.rival === old) this.endRivalry();
    this.model.note(
      `${this.nameOf(old)} hears that it is primary no more`,
      this.meaning('old-primary', 'old primaries', old, 'hear that they are primary no more'),
    );
    old.die(this.now, 'read-only');
    this.follows(old, 'kept');
  }

  /** Looks whether copies that were out of reach have come back: an old primary that hears of the new one. */
  look(): void {
    const { shard, model } = this;
    for (const { node } of shard.followers) {
      const isOld = node === this.rival || (node.isFenced && node.alive);
      if (isOld && shard.primary.alive && model.hears(shard.primary.place, node.place)) this.depose(node);
    }
  }

  /** A copy follows as closely as ever. */
  caughtUp(node: Node): void {
    this.model.note(`${this.nameOf(node)} has caught up`, {
      sort: 'caught-up',
      as: `copies in ${this.regionOf(node)} have caught up`,
    });
  }

  private regionOf({ place }: Node): string {
    return this.model.wiring.design.regions[place];
  }

  /** What the same is of several shards: `10 of 10 shards promoted in eu-west`. */
  meaning(sort: Meaning['sort'], those: string, node: Node, what = ''): Meaning {
    const { config } = this.model;
    if (config.shards === 1) return { sort };
    const as = [those, `in ${this.regionOf(node)}`, what].filter(Boolean).join(' ');
    return { sort, as, of: config.shards };
  }

  nameOf(node: Node): string {
    const { model, shard } = this;
    const region = model.wiring.design.regions[node.place];
    const which = model.config.shards === 1 ? '' : `, shard ${shard.number}`;
    return `copy ${shard.nodes.indexOf(node)} in ${region}${which}`;
  }

  /** What acknowledged writes were lost, as the run ends. */
  get lost(): number {
    return this.losses.reduce((sum, { point }) => sum + point.lost, 0);
  }

  /** Nanoseconds of the largest loss. */
  get recoverySeconds(): number {
    return Math.max(0, ...this.losses.map(({ point }) => toSeconds(point.seconds * 1e9)));
  }
}

function inWords({ lost, seconds }: RecoveryPoint): string {
  if (lost === 0) return 'no acknowledged write is lost';
  if (lost === 1) return '1 acknowledged write is lost';
  return `${lost} acknowledged writes of ${formatQuantity(seconds, 'duration')} are lost`;
}
