import { electLeader } from '../algorithms/replication/elect-leader.ts';
import { including, mayRejoin, without } from '../algorithms/replication/in-sync.ts';
import type { PartitionObserver, PartitionSetting, ReplicatedPartition } from '../contracts/cluster.ts';
import type { Batch } from './batch.ts';
import type { Broker } from './broker.ts';
import type { ClusterInRegion } from './region.ts';
import type { ReplicaFetch } from './replica-fetch.ts';
import type { WaitingBatches } from './waiting-batches.ts';
import { Watermark } from './watermark.ts';

/** What one fetch of a follower that catches up brings of a partition. */
export interface Missing {
  readonly partition: BrokeredPartition;
  /** Bytes that were in the log before the run. */
  readonly older: number;
  /** Where the follower's log will end. */
  readonly end: number;
  /** In all. */
  readonly bytes: number;
}

/**
 * A partition on its brokers: who leads, who is in sync, log ends of all replicas, and the high watermark.
 *
 * When the leader will know something is known a little before (the follower has the batch, its next fetch is on the
 * way), so the high watermark is planned then. A broker that dies meanwhile makes such plans void: `unplan`.
 */
export class BrokeredPartition implements ReplicatedPartition {
  /** Of the assignment; the preferred leader first. */
  readonly replicas: readonly number[];
  leaderBroker: Broker | null;
  inSync: readonly number[];
  /** By broker: where its log ends, once it has appended what it is about to append. */
  readonly ends: Float64Array;
  /** Of the followers that have all that is below the high watermark and get what is appended at once. */
  private fetches: ReplicaFetch[] = [];
  private readonly watermark: Watermark;
  private readonly waiting: WaitingBatches;
  /** By broker that has lost its disk: bytes that were in the log before the run, and that it has not copied yet. */
  private readonly older = new Map<number, number>();

  constructor(
    /** Among all of its cluster in its region. */
    readonly number: number,
    private readonly cluster: ClusterInRegion,
    replicas: readonly number[],
    private readonly setting: PartitionSetting,
    readonly observer: PartitionObserver,
  ) {
    this.replicas = replicas;
    this.inSync = replicas;
    this.leaderBroker = cluster.brokers[replicas[0]];
    this.ends = new Float64Array(cluster.brokers.length);
    this.watermark = new Watermark(cluster, observer, setting.minInSyncReplicas);
    this.waiting = this.watermark.waiting;
    for (const follower of replicas.slice(1)) this.fetches.push(cluster.fetchOf(this.leaderBroker, follower));
  }

  get leader(): number {
    const { leaderBroker } = this;
    return leaderBroker?.isAlive ? leaderBroker.number : -1;
  }

  get isSilent(): boolean {
    return this.leaderBroker?.isSilent === true;
  }

  get hasLeader(): boolean {
    return this.leaderBroker !== null;
  }

  /** Fewer replicas are in sync than there are. */
  get isUnderReplicated(): boolean {
    return this.inSync.length < this.replicas.length;
  }

  /** Bytes of a record. */
  get recordSize(): number {
    return this.setting.recordSize;
  }

  /** Whether a batch that asks for all in-sync replicas is refused, as too few are. */
  get isUnderMinimum(): boolean {
    return this.inSync.length < this.setting.minInSyncReplicas;
  }

  /** The leader takes a batch, which is in its log from `appendedAt` on. Batches come in the order of these instants. */
  append(batch: Batch, appendedAt: number): void {
    const { ends, fetches } = this;
    const { number } = this.leaderBroker as Broker;
    const end = ends[number] + batch.records.length;
    ends[number] = end;
    batch.producer.sequences.take(this.number, batch.sequence);
    batch.end = end;
    batch.appendedAt = appendedAt;
    batch.replicatedAt = appendedAt;
    batch.isInLog = true;
    batch.isWaiting = true;
    this.waiting.push(batch);
    if (this.inSync.length === 1) this.advance();
    for (let at = 0; at < fetches.length; at += 1) fetches[at].offer(batch);
  }

  /** A batch that is in the log comes again, with another request: it was taken, and the answer was lost. */
  attach(batch: Batch): void {
    const { now } = this.cluster.simulation;
    if (!batch.isWaiting) batch.request?.replicated(now);
    else if (this.watermark.includes(batch)) batch.request?.replicated(Math.max(now, batch.replicatedAt));
  }

  /** A follower has a batch, and the fetch that says so is at the leader at an instant. */
  fetched(batch: Batch, follower: number, instant: number): void {
    if (instant > batch.replicatedAt) batch.replicatedAt = instant;
    this.ends[follower] = batch.end;
    this.advance();
  }

  private advance(): void {
    this.watermark.advance(this.ends, this.inSync);
  }

  /** The high watermark has passed what it should by now. */
  passed(): void {
    this.watermark.pass();
  }

  /** A broker has just died: what the leader would have heard later is open again, and what was not appended is gone. */
  brokerDied(broker: Broker): void {
    if (broker === this.leaderBroker) this.leaderDied(broker);
    else if (this.inSync.includes(broker.number)) this.watermark.unplan();
    this.fetches = this.fetches.filter(({ follower }) => follower !== broker);
  }

  private leaderDied({ number }: Broker): void {
    const { now } = this.cluster.simulation;
    this.watermark.unplan();
    this.fetches = [];
    for (const { request } of this.waiting.all) request?.cutOff(now);
    const lost = this.waiting.find(({ appendedAt }) => appendedAt > now);
    if (lost !== null) {
      this.ends[number] = lost.start;
      this.drop(this.waiting.cutFrom(lost));
    }
    this.observer.leaderChanged(now);
  }

  /** What `fetched` said of this batch may not come true. */
  notFetched(batch: Batch, follower: number): void {
    this.ends[follower] = Math.min(this.ends[follower], batch.start);
    this.watermark.unplan();
  }

  /** A follower is not in sync any more and must catch up later. */
  leaveBehind(fetch: ReplicaFetch): void {
    const { number } = fetch.follower;
    this.fetches = this.fetches.filter((each) => each !== fetch);
    this.watermark.unplan();
    this.shrink(number);
  }

  /** The controller takes a broker for dead. */
  fence(broker: number): void {
    if (this.leaderBroker?.number !== broker) this.shrink(broker);
    else {
      const inSync = without(this.inSync, broker);
      this.elect(inSync, false);
    }
  }

  /** A broker that is back has lost its disk. */
  destroyed({ number }: Broker): void {
    const { cluster, ends, setting } = this;
    const seconds = cluster.simulation.now / 1e9;
    const end = Math.max(...ends);
    ends[number] = 0;
    const before = cluster.beginsSteady ? Math.max(0, setting.retention - seconds) : 0;
    this.older.set(number, Math.round(((end * setting.recordSize) / seconds) * before));
  }

  /** A broker is back, with the log that it had. */
  rejoin(broker: Broker): void {
    if (this.leaderBroker === null) this.elect(this.inSync, false);
    else if (this.leaderBroker !== broker) this.follow(broker);
  }

  /** The preferred leader takes over, if it is as good as who leads. @returns whether it did */
  preferFirst(): boolean {
    const { leaderBroker } = this;
    this.elect(this.inSync, true);
    return leaderBroker !== this.leaderBroker;
  }

  private elect(inSync: readonly number[], isPreferred: boolean): void {
    const { cluster, leaderBroker, replicas, setting } = this;
    const { leader, isClean } = electLeader(
      { replicas, inSync, leader: leaderBroker?.number ?? -1 },
      {
        isAlive: (broker) => !cluster.brokers[broker].isFenced,
        isUncleanAllowed: setting.uncleanElection,
        isPreferred,
      },
    );
    if (leader === (leaderBroker?.number ?? -1)) return;
    this.inSync = isClean ? inSync : [leader];
    this.leaderBroker = leader < 0 ? null : cluster.brokers[leader];
    if (this.leaderBroker !== null) this.begin(this.leaderBroker);
    cluster.failures.changed();
    this.observer.leaderChanged(cluster.simulation.now);
  }

  /** A new leader: its log is the partition's from now on. */
  private begin(leader: Broker): void {
    const { cluster, ends, waiting } = this;
    const { now } = cluster.simulation;
    cluster.elected();
    this.watermark.unplan();
    for (const fetch of this.fetches) fetch.forget(this);
    this.fetches = [];
    cluster.stopCatchingUp(this);
    for (const batch of waiting.from(waiting.unplanned)) batch.request?.turnAway(batch, now);
    // Replicas have whole batches, though what a follower has copied is counted in records.
    const beyond = waiting.find((batch) => batch.end > ends[leader.number]);
    const end = Math.min(ends[leader.number], beyond?.start ?? Number.POSITIVE_INFINITY);
    if (beyond !== null) this.drop(waiting.cutFrom(beyond));
    this.older.delete(leader.number);
    this.watermark.fallTo(end);
    for (const broker of this.replicas) ends[broker] = Math.min(ends[broker], end);
    if (!leader.isAlive) return;
    // It knows of nobody’s log until the first fetches are there.
    this.watermark.hold(now + cluster.nominalWay);
    for (const broker of this.replicas) if (broker !== leader.number) this.follow(cluster.brokers[broker]);
    this.advance();
  }

  /** A replica begins to fetch from the leader, if both are alive. */
  private follow(broker: Broker): void {
    const { cluster, leaderBroker } = this;
    if (leaderBroker === null || !leaderBroker.isAlive || !broker.isAlive) return;
    if (this.isUpToDate(broker)) this.goLive(broker);
    else cluster.catchUpOf(leaderBroker, broker).add(this);
  }

  /** Whether a replica has all that is below the high watermark at this instant. */
  private isUpToDate({ number }: Broker): boolean {
    return !this.older.has(number) && mayRejoin(this.ends[number], this.watermark.now);
  }

  /** What a follower that catches up gets next, of so many bytes at most. */
  missing({ number }: Broker, room: number): Missing {
    const older = Math.min(room, this.older.get(number) ?? 0);
    const from = this.ends[number];
    const { recordSize } = this;
    const records = Math.max(older > 0 ? 0 : 1, Math.floor((room - older) / recordSize));
    const end = Math.max(from, Math.min(this.appendedEnd, from + records));
    return { partition: this, older, end, bytes: older + (end - from) * recordSize };
  }

  /** A follower that catches up has this much more. */
  has({ number }: Broker, { older, end }: Missing): void {
    const left = (this.older.get(number) ?? 0) - older;
    if (left > 0) this.older.set(number, left);
    else this.older.delete(number);
    this.ends[number] = Math.max(this.ends[number], end);
  }

  /** Where the leader's log ends at this instant. */
  private get appendedEnd(): number {
    const { now } = this.cluster.simulation;
    const next = this.waiting.find(({ appendedAt }) => appendedAt > now);
    return next?.start ?? this.ends[(this.leaderBroker as Broker).number];
  }

  /** Makes a follower that has caught up one of those in sync. @returns whether it has */
  takeIn(follower: Broker): boolean {
    if (!this.isUpToDate(follower)) return false;
    this.goLive(follower);
    return true;
  }

  /** A follower has what is below the high watermark: it is in sync, and gets the rest as it comes. */
  private goLive(follower: Broker): void {
    const { cluster } = this;
    const fetch = cluster.fetchOf(this.leaderBroker as Broker, follower.number);
    const had = this.ends[follower.number];
    this.watermark.unplan();
    this.watermark.hold(cluster.simulation.now);
    if (!this.inSync.includes(follower.number) && !follower.isFenced) {
      this.inSync = including(this.inSync, follower.number, this.replicas);
      cluster.failures.changed();
    }
    this.fetches.push(fetch);
    for (const batch of this.waiting.all) if (batch.end > had) fetch.offer(batch);
    this.advance();
  }

  private shrink(broker: number): void {
    const { cluster } = this;
    const { now } = cluster.simulation;
    const left = without(this.inSync, broker);
    if (left.length === this.inSync.length) return;
    this.inSync = left;
    this.watermark.hold(now);
    cluster.failures.changed();
    if (this.isUnderMinimum) this.limitRequests();
    if (this.leaderBroker?.isAlive) this.advance();
  }

  /** It may take long until the high watermark moves: producers that wait for it will not wait for ever. */
  limitRequests(): void {
    for (const { request } of this.waiting.all) request?.limit();
  }

  /** Batches that are in no log any more. What its producer still has it sends again; what it has not is lost. */
  private drop(batches: readonly Batch[]): void {
    const { cluster, number, observer } = this;
    for (const batch of batches) {
      const { isKept, producer, records, request, sequence } = batch;
      const isTaken = batch.isAcknowledged || (!batch.isRefused && request !== null && request.hasLeft);
      batch.isInLog = false;
      batch.isWaiting = false;
      if (isKept && !isTaken) producer.sequences.untake(number, sequence);
      else producer.sequences.skip(number, sequence);
      if ((!isKept || isTaken) && !batch.isCopy) observer.lostFromLog(records, isTaken);
      if (!isKept) cluster.giveBatch(batch);
    }
  }
}
