import { toSeconds } from '../../../sim/clock.ts';
import { formatQuantity } from '../../../units/index.ts';
import type { Silence } from '../../contracts/network.ts';
import type { Failure } from '../../cursor.ts';
import type { Turn } from '../../milestones.ts';
import type { RecoveryPoint } from '../../recovery-point.ts';
import type { Meaning } from '../../timeline.ts';
import type { CommitLog } from '../commit-log.ts';
import type { Entry } from '../journal.ts';
import type { DatabaseModel } from '../model.ts';
import type { Node } from '../node.ts';
import type { Shard } from '../shard.ts';
import type { Streams } from '../streams.ts';
import { type Left, Lives } from './lives.ts';
import { LostHistory } from './lost-history.ts';
import { Rivalry } from './rivalry.ts';

/**
 * The lives of a shard's copies: who dies, who becomes primary, what is lost, and how the old primary comes back.
 *
 * Rule: a new primary's history is what it has received; everything after that is gone. Acknowledged writes among it are
 * lost. An old primary that lives and was not fenced goes on for those who can reach only it (split brain) until it hears
 * of the new one, and all that it accepted meanwhile is lost too. Whoever has what the new primary has not, it and the replicas
 * that followed it further, undoes that when it hears of the new one, then gets what it lacks.
 * Source: PostgreSQL's timelines and pg_rewind; Patroni.
 */
export class Succession {
  /** The old primary that goes on beside the new one, with its replicas. */
  private rivalry: Rivalry | undefined;
  private readonly rivalries: Rivalry[] = [];
  private readonly losses: LostHistory[] = [];
  /** Rows that a node has and the primary has not. */
  private readonly diverged = new Map<Node, number>();
  /** Old primaries that do not follow the new one yet. */
  private readonly deposed = new Set<Node>();
  private readonly lives: Lives;
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
    private readonly log: CommitLog,
  ) {
    this.lives = new Lives(() => model.agenda);
  }

  private get now(): number {
    return this.model.wiring.simulation.now;
  }

  get points(): RecoveryPoint[] {
    return this.losses.map((loss) => loss.point);
  }

  /** Whether a copy has, or is still sent, what the primary has not: it must hear of that one first. */
  isOld(node: Node): boolean {
    if (node === this.shard.primary) return false;
    return (
      node.isFenced || this.deposed.has(node) || this.diverged.has(node) || this.rivalryOf(node) !== undefined
    );
  }

  /** The history beside the primary's that a copy is part of. */
  rivalryOf(node: Node): Rivalry | undefined {
    const { rivalry } = this;
    return rivalry !== undefined && (node.isRival || rivalry.has(node)) ? rivalry : undefined;
  }

  primaryFor(place: number): Node {
    const { rivalry, shard } = this;
    return rivalry === undefined || this.model.hears(place, shard.primary.place)
      ? shard.primary
      : rivalry.primary;
  }

  /** Whether a node takes a write that it has just made durable. */
  accepts(node: Node, rows: number): boolean {
    if (node.isFenced) return false;
    if (node === this.shard.primary) return true;
    if (!node.isRival) return false;
    this.splitBrain += rows;
    this.diverged.set(node, (this.diverged.get(node) ?? 0) + rows);
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
    if (!this.lives.strike(node)) return;
    const { shard, streams, now } = this;
    node.die(now, reason);
    this.model.catchingUp.ends(node);
    if (node.isRival) this.endRivalry();
    this.rivalryOf(node)?.cut(node);
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
  restored(node: Node, data: Left): void {
    const left = this.lives.lift(node, data);
    if (left === undefined) return;
    node.speaks();
    if (node === this.shard.primary) this.primaryRestored(node, left);
    else if (this.rivalryOf(node) === undefined || this.hearsPrimary(node)) this.goesOver(node, left);
    else this.rejoins(node, left);
  }

  private hearsPrimary(node: Node): boolean {
    const { primary } = this.shard;
    return primary.alive && this.model.hears(primary.place, node.place);
  }

  /** A replica of an old primary is there again, and still hears of no other. */
  private rejoins(node: Node, data: Left): void {
    if (data === 'destroyed') this.rivalry?.startsFromCopy(node);
    this.lives.later(node, data === 'destroyed' ? this.copyTicks : 0, () => {
      node.alive = true;
      this.rivalryOf(node)?.open(node);
      // Should the old primary be none any more.
      this.streams.open(node.replica);
    });
  }

  /** A copy hears of the primary, and goes with it. */
  private goesOver(node: Node, data: Left): void {
    const isForsaken = this.leaves(node);
    this.follows(node, isForsaken ? 'destroyed' : data);
  }

  /** A replica follows an old primary no more. @returns whether what it has of that one's history is not known */
  private leaves(node: Node): boolean {
    const rivalry = this.rivalryOf(node);
    if (rivalry === undefined) return false;
    const rows = rivalry.leave(node);
    if (rows > 0) this.diverged.set(node, rows);
    return rivalry.isForsaken(node);
  }

  private primaryRestored(node: Node, data: Left): void {
    const { shard, streams } = this;
    if (data === 'destroyed')
      this.goesBackTo(
        Math.max(-1, ...shard.followers.map((_, replica) => this.got(replica))),
        this.causeOfDeath,
      );
    this.lives.later(node, data === 'destroyed' ? this.copyTicks : 0, () => {
      node.alive = true;
      this.causeOfDeath = undefined;
      for (let replica = 0; replica < shard.followers.length; replica += 1) streams.open(replica);
      shard.reach?.look();
      this.model.restartRelays(shard.number);
    });
  }

  /** A replica's node, or an old primary's, gets what it lacks. */
  private follows(node: Node, data: Left): void {
    const diverged = this.diverged.get(node) ?? 0;
    this.diverged.delete(node);
    const wasPrimary = this.deposed.delete(node);
    if (data === 'destroyed') this.streams.startsFromCopy(node.replica);
    const rewind = diverged > 0 ? this.model.rewindTicks : 0;
    this.model.catchingUp.begins(node);
    // Replicas undo the same rows again.
    if (data === 'kept' && wasPrimary) this.discarded += diverged;
    if (diverged > 0 && data === 'kept')
      this.model.note(
        `${this.nameOf(node)} undoes ${diverged === 1 ? 'a write' : `${diverged} writes`} that ${wasPrimary ? 'its successor' : 'the new primary'} lacks`,
        wasPrimary
          ? this.meaning('old-primary', 'old primaries', node, 'undo writes that their successors lack')
          : this.meaning('old-primary', 'replicas', node, 'undo writes that the new primary lacks'),
      );
    this.lives.later(node, data === 'destroyed' ? this.copyTicks : rewind, () => {
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

  /** The history after a statement is gone, and with it what some replicas have received of it. */
  private goesBackTo(
    number: number,
    cause: Turn | undefined,
  ): { readonly gone: readonly Entry[]; readonly loss: LostHistory } {
    const { shard, streams, now } = this;
    const { primary } = shard;
    const loss = new LostHistory(this.endOfHistory, cause?.fault);
    this.losses.push(loss);
    streams.failWaiting('read-only');
    const gone = streams.truncate(number);
    if (primary.alive) this.model.crashRelays(shard.number);
    const published = gone.length === 0 ? 0 : this.model.forgetEvents(shard.number, gone[0].committedAt);
    if (published > 0) this.model.note(`${published} events of writes that are gone had been published`);
    for (const { acknowledgedAt, committedAt, rowCount } of gone)
      if (acknowledgedAt <= now) loss.add(committedAt, acknowledgedAt, rowCount);
    for (const [replica, { node }] of shard.followers.entries()) {
      const rows = rowsOf(gone.filter(({ received }) => received[replica] <= now));
      // A copy that is to be copied whole has nothing to undo.
      if (rows > 0 && !shard.isForsaken(node)) this.diverged.set(node, rows);
    }
    return { gone, loss };
  }

  /** A replica becomes primary now, with what it has. @param cause why the old one was taken for dead, should it live */
  promote(replica: number, cause: Turn | undefined): void {
    const { shard, streams, model } = this;
    const old = shard.primary;
    const fresh = shard.followers[replica].node;
    this.failovers += 1;
    // Of three histories only two are told apart: a first old primary takes nothing any more.
    this.endRivalry();
    const { gone, loss } = this.goesBackTo(streams.receivedUpTo(replica), this.causeOfDeath ?? cause);
    if (gone.length > 0) this.diverged.set(old, rowsOf(gone));
    streams.cutAll();
    streams.hasAll(replica);
    shard.succeed(replica);
    fresh.isFenced = false;
    fresh.isListed = true;
    this.causeOfDeath = undefined;
    this.deposed.add(old);
    model.catchingUp.ends(fresh);
    model.note(
      `${this.nameOf(fresh)} is primary: ${inWords(loss.point)}`,
      this.meaning('promoted', 'shards promoted', fresh),
    );
    model.restartRelays(shard.number);
    // Out of reach it goes on, or has stopped by itself, and undoes nothing before it hears of the new one.
    if (old.alive && model.hears(fresh.place, old.place)) this.depose(old);
    else if (old.alive && !old.isFenced) this.beginRivalry(old, gone, loss);
    for (let other = 0; other < shard.followers.length; other += 1)
      if (other !== replica) streams.open(other);
    this.look();
    shard.reach?.look();
    shard.refresh();
  }

  /** An old primary goes on, and with it those who hear of no other. */
  private beginRivalry(old: Node, gone: readonly Entry[], loss: LostHistory): void {
    const { log, model, shard } = this;
    const beside = shard.followers.filter(
      ({ node }) =>
        node !== old && node.alive && !this.hearsPrimary(node) && model.hears(old.place, node.place),
    );
    const rivalry = new Rivalry(model, shard, old, beside, gone, log, loss);
    this.rivalry = rivalry;
    this.rivalries.push(rivalry);
    const those =
      beside.length === 1 ? ', and a replica follows it' : `, and ${beside.length} replicas follow it`;
    model.note(
      `${this.nameOf(old)} does not hear of it and goes on as primary${beside.length === 0 ? '' : those}`,
      this.meaning('old-primary', 'old primaries', old, 'do not hear of it and go on'),
    );
  }

  /** The old primary that went on goes on no more; its replicas stand still until they hear of the new one. */
  private endRivalry(): void {
    const { rivalry, streams } = this;
    if (rivalry === undefined) return;
    const { members } = rivalry;
    for (const node of members) this.leaves(node);
    rivalry.end(this.now);
    this.rivalry = undefined;
    for (const { replica } of members) streams.open(replica);
    this.shard.refresh();
  }

  /** A copy that has heard of the primary leaves what it had beside that one, undoes it and follows. */
  private depose(old: Node): void {
    const wasPrimary = this.deposed.has(old);
    this.model.note(
      `${this.nameOf(old)} hears ${wasPrimary ? 'that it is primary no more' : 'of the new primary'}`,
      wasPrimary
        ? this.meaning('old-primary', 'old primaries', old, 'hear that they are primary no more')
        : this.meaning('old-primary', 'replicas', old, 'hear of the new primary'),
    );
    if (old.isRival) this.endRivalry();
    const isForsaken = this.leaves(old);
    if (!wasPrimary && !this.diverged.has(old)) {
      this.streams.open(old.replica);
      return;
    }
    old.die(this.now, wasPrimary ? 'read-only' : 'unavailable');
    this.follows(old, isForsaken ? 'destroyed' : 'kept');
  }

  /** Looks whether copies that were out of reach have come back: those that have not heard of the primary yet. */
  look(): void {
    for (const { node } of this.shard.followers)
      if (node.alive && this.isOld(node) && this.hearsPrimary(node)) this.depose(node);
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
    return this.shard.nameOf(node);
  }

  /** Reads that were answered beside the primary, and of these, with what is undone. */
  get readsBeside(): { readonly all: number; readonly orphaned: number } {
    const sum = (of: (each: Rivalry) => number) =>
      this.rivalries.reduce((total, each) => total + of(each), 0);
    return { all: sum(({ reads }) => reads), orphaned: sum(({ orphanedReads }) => orphanedReads) };
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

const rowsOf = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { rowCount }) => sum + rowCount, 0);
