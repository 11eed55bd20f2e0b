import type { Network } from '../contracts/network.ts';
import { ApplyLine } from './apply-line.ts';
import { CommitLog } from './commit-log.ts';
import { CommitReach } from './commit-reach.ts';
import { CopyGroup } from './copy-group.ts';
import { Succession } from './failover/succession.ts';
import { GroupCommit } from './group-commit.ts';
import type { Entry } from './journal.ts';
import type { Lineage } from './lineage.ts';
import type { DatabaseModel } from './model.ts';
import { Node } from './node.ts';
import { type AnswerPoint, ReplicaAnswers } from './replica-answers.ts';
import { PendingRows, type RowWrites } from './row-writes.ts';
import { Streams } from './streams.ts';

/** A replica's side of replication: how it follows its primary. */
export interface Follower {
  node: Node;
  readonly apply: ApplyLine;
  isAlerting: boolean;
}

/** What a write waits for after its own commit. */
export interface ReplicaWait {
  /** How many replicas must have answered. */
  readonly replicas: number;
  readonly until: AnswerPoint;
  /** Whether replicas that are known to be gone are waited for no longer. */
  readonly isShrinking?: boolean;
}

/** How a write's records travel and are applied: a function of the write alone. */
export interface Shipment {
  /** Rows that are shipped. */
  readonly rowCount: number;
  /** Nanoseconds to apply them. */
  readonly applyTicks: number;
  readonly wait: ReplicaWait | null;
  /** A uniform draw for the way to a replica, and for the way back of its answer. */
  wayTo(replica: number): number;
  wayBack(replica: number): number;
  /** Nanoseconds of a flush of a replica's log, should one begin with this write. */
  flushOn(replica: number): number;
  /** Tells the log the rows that are written, one call a row. */
  logRows(log: CommitLog, now: number, shard: Shard): void;
}

/** A replica that is less than this behind (nanoseconds) follows as closely as ever. */
const inStep = 1e9;

/** Bytes of a replica's answer on the wire. */
const answerSize = 64;

/** One shard: a primary, its log, and the replicas that follow. */
export class Shard implements Lineage {
  readonly nodes: readonly Node[];
  primary: Node;
  readonly flush: GroupCommit;
  readonly followers: readonly Follower[];
  /** Where nodes and links can fail; null elsewhere. */
  readonly streams: Streams | null;
  succession: Succession | null = null;
  /** Where writes wait for replicas that may be out of reach; null elsewhere. */
  readonly reach: CommitReach | null = null;
  private readonly log: CommitLog;
  private readonly answers: ReplicaAnswers;
  private readonly groups = new Map<number, CopyGroup>();
  private readonly pendingRows = new Map<number, PendingRows>();
  private rivalFlush: GroupCommit | undefined;
  private committedAt = -1;
  /** Rows written in the whole run. */
  rowsWritten = 0;

  constructor(
    private readonly model: DatabaseModel,
    readonly number: number,
    private readonly network: Network,
  ) {
    const { settings, wiring, primaryPlace, replicaPlaces } = model;
    this.primary = new Node(this, primaryPlace, -1, settings);
    const replicas = replicaPlaces.map((place, replica) => new Node(this, place, replica, settings));
    this.nodes = [this.primary, ...replicas];
    this.flush = new GroupCommit(wiring.window);
    this.followers = replicas.map((node) => ({
      node,
      apply: new ApplyLine(wiring.window, settings.replicaFlush !== null),
      isAlerting: false,
    }));
    this.log = new CommitLog(replicas.length);
    this.streams = model.isAtRisk ? new Streams(model, this, this.log) : null;
    this.answers = new ReplicaAnswers(replicas.length);
    if (this.streams !== null) {
      this.succession = new Succession(model, this, this.streams, this.log);
      if (model.answersNeeded > 0)
        this.reach = new CommitReach(model, this, this.streams, model.answersNeeded);
      for (const node of this.nodes) node.canDie();
    }
    for (const place of new Set(this.nodes.map((node) => node.place))) {
      this.groups.set(
        place,
        new CopyGroup(
          place,
          this.nodes.filter((node) => node.place === place),
        ),
      );
    }
  }

  /** How many replicas must have answered a write: as many as it names, or those in step where it wants all. */
  answersWanted({ isShrinking, replicas }: ReplicaWait): number {
    return isShrinking === true ? Math.min(replicas, this.succession?.inStep ?? replicas) : replicas;
  }

  /** The log of a copy that writes are sent to: the primary’s, or that of an old one that goes on beside it. */
  flushOf(node: Node): GroupCommit {
    if (node === this.primary) return this.flush;
    this.rivalFlush ??= new GroupCommit(this.model.wiring.window);
    return this.rivalFlush;
  }

  /** The streams of the log of a copy that writes are sent to. */
  streamsOf(node: Node): Streams | null {
    return this.succession?.rivalryOf(node)?.streams ?? this.streams;
  }

  /** The primary that callers of a place know: two of them where the network is parted and nobody has fenced the old one. */
  primaryFor(place: number): Node {
    return this.succession === null ? this.primary : this.succession.primaryFor(place);
  }

  /** A replica is primary from now on, and the primary of old a replica in its place. */
  succeed(replica: number): void {
    const { followers, primary } = this;
    const fresh = followers[replica].node;
    followers[replica].node = primary;
    primary.replica = replica;
    fresh.replica = -1;
    this.primary = fresh;
    // The log is another node's: nothing is being flushed there yet.
    this.flush.handOver();
    this.refresh();
  }

  /** Who is primary, or who may be asked, has changed. */
  refresh(): void {
    for (const group of this.groups.values()) group.refresh();
  }

  /** Its copies in a region where it has some. */
  groupIn(place: number): CopyGroup {
    return this.groups.get(place) as CopyGroup;
  }

  /** Who remembers the writes to rows named by a key that many shards may share. */
  rowsOf(slot: number): RowWrites {
    let rows = this.pendingRows.get(slot);
    if (rows === undefined) {
      rows = new PendingRows();
      this.pendingRows.set(slot, rows);
    }
    return rows;
  }

  /**
   * A write is durable on the primary now: on it goes to the replicas, in the order of commit.
   * @returns the instant at which as many replicas have answered as the write waits for; now where it waits for none
   */
  committed(now: number, shipment: Shipment): number {
    const { answers, followers, log, network } = this;
    // What one flush made durable travels together.
    const leaves = now !== this.committedAt;
    this.committedAt = now;
    const before = log.newest;
    shipment.logRows(log, now, this);
    const { wait } = shipment;
    let lags = 0;
    for (let replica = 0; replica < followers.length; replica += 1) {
      const { node, apply } = followers[replica];
      if (leaves) {
        const arrival = now + network.delay(this.primary.place, node.place, shipment.wayTo(replica));
        apply.ship(arrival, shipment.flushOn(replica));
      }
      const applied = apply.apply(shipment.applyTicks);
      log.appliedAt(replica, applied, before);
      network.carry(this.primary.place, node.place, this.model.settings.rowSize * shipment.rowCount);
      this.watch(followers[replica], now, applied - now);
      lags += applied - now;
      if (wait !== null)
        answers.note(replica, wait.until, this.answerOf(replica, wait, applied, shipment.wayBack(replica)));
    }
    // Where nobody waits for replicas: without this a change of theirs could leave no trace in the run's fingerprint.
    this.model.wiring.simulation.digest(lags);
    return wait === null ? now : answers.kth(wait.replicas);
  }

  /** Work of the primary's own goes through the log: so many bytes, which replicas write in their turn. */
  shipBulk(bytes: number): void {
    const { followers, model, network, primary } = this;
    const { now } = model.wiring.simulation;
    const ticks = Math.round((bytes / model.settings.logThroughput) * 1e9);
    for (let replica = 0; replica < followers.length; replica += 1) {
      if (this.streams?.isOpen(replica) === false) continue;
      const { node, apply } = followers[replica];
      network.carry(primary.place, node.place, bytes);
      apply.ship(now + network.nominalDelay(primary.place, node.place));
      apply.apply(ticks);
    }
  }

  answerOf(replica: number, wait: ReplicaWait, applied: number, uniform: number): number {
    return this.answerTo(this.primary, this.followers[replica], wait, applied, uniform);
  }

  /** When the answer of a replica to the write just shipped is back at a primary. */
  answerTo(
    primary: Node,
    { node, apply }: Follower,
    wait: ReplicaWait,
    applied: number,
    uniform: number,
  ): number {
    const { network } = this;
    network.carry(node.place, primary.place, answerSize);
    const isThere =
      wait.until === 'applied' ? applied : wait.until === 'flushed' ? apply.durableAt : apply.receivedAt;
    return isThere + network.delay(node.place, primary.place, uniform);
  }

  /** Nanoseconds by which a replica is behind: the age of the first write that it lacks; 0 when caught up. */
  lag(replica: number, now: number): number {
    const lostFrom = this.streams?.lostFrom(replica) ?? Number.POSITIVE_INFINITY;
    if (lostFrom < now) return now - lostFrom;
    const since = this.log.firstLacking(replica, now);
    return Number.isNaN(since) ? 0 : now - since;
  }

  /** The same as far as a copy's own side of a cut can tell: those with an old primary are behind that one. */
  lagSeen(node: Node, now: number): number {
    const rivalry = this.succession?.rivalryOf(node);
    return rivalry === undefined ? this.lag(node.replica, now) : rivalry.lag(node, now);
  }

  /** Nanoseconds by which the copies in a region are behind, the worst of them; 0 where there are none. */
  lagIn(place: number, now: number): number {
    let most = 0;
    for (const { node } of this.followers)
      if (node.place === place) most = Math.max(most, this.lag(node.replica, now));
    return most;
  }

  /** Whether the copies in a region are there and follow as closely as ever. */
  isCaughtUp(place: number, now: number): boolean {
    return this.nodes.every((node) => node.place !== place || this.follows(node, now));
  }

  /** Whether a replica lacks what nobody keeps for it. */
  isForsaken({ isPrimary, replica }: Node): boolean {
    return (
      !isPrimary && (this.streams?.lostFrom(replica) ?? Number.POSITIVE_INFINITY) < Number.POSITIVE_INFINITY
    );
  }

  /** Whether a copy is there and is the primary, or follows as closely as ever. */
  follows(node: Node, now: number): boolean {
    if (!node.alive || node.isPrimary) return node.alive;
    return (this.streams?.isOpen(node.replica) ?? true) && this.lag(node.replica, now) < inStep;
  }

  /** For how long (nanoseconds) what a replica answers about a row has been out of date; 0 where it is not. */
  staleness(replica: number, now: number, rows: RowWrites | null, row: number): number {
    const { log } = this;
    // Nobody remembers which rows were written since then: each may have been.
    const lostFrom = this.streams?.lostFrom(replica) ?? Number.POSITIVE_INFINITY;
    if (lostFrom < now) return now - lostFrom;
    const since =
      rows === null ? log.firstLacking(replica, now) : log.firstLackingOf(replica, now, rows, row);
    return Number.isNaN(since) ? 0 : now - since;
  }

  /** Requests that wait at its copies in a region. */
  waitingIn(place: number, now: number): number {
    let sum = 0;
    for (const node of this.nodes) if (node.place === place) sum += node.waiting(now);
    return sum;
  }

  /**
   * Requests that wait, and writes that replicas have still to apply. What is kept for one that is dead or cut off grows
   * because it is away, not because the load is too much.
   */
  backlog(now: number): number {
    let sum = 0;
    for (const node of this.nodes) sum += node.waiting(now);
    for (let replica = 0; replica < this.followers.length; replica += 1)
      if (this.streams?.isOpen(replica) !== false) sum += this.log.lacking(replica, now);
    return sum;
  }

  nameOf(node: Node): string {
    const { config, wiring } = this.model;
    const which = config.shards === 1 ? '' : `, shard ${this.number}`;
    return `copy ${this.nodes.indexOf(node)} in ${wiring.design.regions[node.place]}${which}`;
  }

  admits(node: Node): boolean {
    return this.succession?.isOld(node) !== true;
  }

  logRows(shipment: Shipment, log: CommitLog, now: number): void {
    shipment.logRows(log, now, this);
  }

  /** Where a replica has become primary and stands alone in its region, that region is behind nobody. */
  shipped(): void {
    const { metering, primaryPlace } = this.model;
    const { followers, primary } = this;
    if (primary.place === primaryPlace || followers.some(({ node }) => node.place === primary.place)) return;
    metering.leads(primary.place);
  }

  acknowledged(_entry: Entry): void {}

  catchesUp(node: Node): void {
    this.model.catchingUp.begins(node);
  }

  mustBeCopied(node: Node): void {
    this.succession?.copied(node);
  }

  /** How far behind a replica is with a write committed at `now` is known. */
  watch(follower: Follower, now: number, lag: number): void {
    const { lagAlert, metering } = this.model;
    metering.lagged(follower.node.place, lag);
    if (follower.isAlerting) {
      // A replica at the limit is one that falls behind, not one that does so with every write.
      follower.isAlerting = lag > lagAlert / 2;
    } else if (lag > lagAlert) {
      follower.isAlerting = true;
      metering.alerted(follower.node, now + lagAlert);
    }
  }

  /** The window is over: tells of those who are too far behind with writes that they have not got yet. */
  alertOfMissing(now: number): void {
    const { lagAlert, metering } = this.model;
    for (const follower of this.followers) {
      const lag = this.lag(follower.node.replica, now);
      if (follower.isAlerting || lag <= lagAlert) continue;
      follower.isAlerting = true;
      metering.alerted(follower.node, now - lag + lagAlert);
    }
  }
}
