import type { EventTarget } from '../../../sim/event-queue.ts';
import type { Random } from '../../../sim/random/streams.ts';
import type { Agenda } from '../../../sim/simulation.ts';
import type { LineCustomer } from '../../../sim/stations/line.ts';
import type { ProducerHost } from '../../contracts/cluster.ts';
import type { Publisher, Topic } from '../../contracts/topic.ts';
import type { DatabaseModel } from '../model.ts';
import type { Shard } from '../shard.ts';
import type { RelaySettings } from './config.ts';
import { OutboxEvent } from './outbox-event.ts';

/** What the relay does next when its event comes. */
type Doing = 'sleeps' | 'reads' | 'waits' | 'marks' | 'flushes' | 'down';

/** Bytes of an event’s mark in the log. */
const markSize = 100;

/** What a relay’s producer lives and dies with. */
export class Process implements ProducerHost {
  private readonly deathWatch: (() => void)[] = [];

  whenDead(died: () => void): void {
    this.deathWatch.push(died);
  }

  die(): void {
    for (const died of this.deathWatch) died();
  }
}

/**
 * Takes the events that writes of one shard leave in the outbox to their topic, at least once each.
 *
 * Rule: read a batch in the order of commit, publish it, wait until all of it is acknowledged (what fails is tried again),
 * mark it as published, read again; sleep where there was nothing. A crash forgets what was published and not yet
 * marked, and that is published again. One that polls reads and marks in the database, on a core and in the log of the
 * primary; one that tails the log does neither, and marks by a checkpoint every so often.
 * Source: Eventuate's polling CDC service; Debezium under Kafka Connect.
 * Differs: one batch at a time, also for the log.
 */
export class Relay implements EventTarget, LineCustomer {
  /** Its process; after a crash it is another one, and what comes back to the first is of no use. */
  process = new Process();
  private readonly agenda: Agenda;
  private readonly random: Random;
  /** Committed events that are not marked as published, oldest first. */
  private readonly events: OutboxEvent[] = [];
  /** How many of them it has published in this life (of one that tails the log), which a checkpoint marks. */
  private position = 0;
  private batch: readonly OutboxEvent[] = [];
  private unanswered = 0;
  private failures: OutboxEvent[] = [];
  private doing: Doing = 'sleeps';
  private token = 0;
  private publisher!: Publisher;

  constructor(
    private readonly model: DatabaseModel,
    private readonly shard: Shard,
    private readonly topic: Topic,
    private readonly settings: RelaySettings,
    name: string,
  ) {
    const { wiring } = model;
    this.agenda = wiring.agenda();
    this.random = wiring.stream(`databases.${model.name}.outbox.${name}.${shard.number}`);
  }

  /** Events that wait in the outbox. */
  get depth(): number {
    return this.events.length - this.position;
  }

  /** It has slept for a while when the run starts: relays of different shards do not wake together. */
  start(): void {
    const { isPolling, checkpoint, interval } = this.settings;
    this.publisher = this.topic.publisher(this.process, this.shard.primary.place);
    this.go('sleeps', this.now + Math.round(this.random() * interval));
    if (!isPolling) this.agenda.at(this.now + Math.round(this.random() * checkpoint), this.checkpoints);
  }

  /** A write has committed with this event. */
  add(high: number, low: number, keys: readonly number[]): void {
    this.events.push(new OutboxEvent(high, low, keys, this.now));
    this.model.metering.outbox?.entered(this.now);
  }

  /** It dies: what its producer has not sent is lost, what was published and not marked will be published again. */
  crash(): void {
    const { process } = this;
    this.process = new Process();
    this.doing = 'down';
    this.token += 1;
    this.position = 0;
    process.die();
  }

  /**
   * Writes committed from an instant on are no part of the history any more, nor are their events; it is down.
   * @returns how many of them had been published all the same
   */
  forget(from: number): number {
    const gone = this.events.filter(({ committedAt }) => committedAt >= from);
    const kept = this.events.filter(({ committedAt }) => committedAt < from);
    this.events.splice(0, this.events.length, ...kept);
    const published = gone.filter(({ publications }) => publications > 0).length;
    this.model.metering.outbox?.gone(gone.length - published, this.now);
    return published;
  }

  /** It is back, and begins with the oldest event that is not marked. */
  restart(): void {
    if (this.doing !== 'down') return;
    this.publisher = this.topic.publisher(this.process, this.shard.primary.place);
    this.poll();
  }

  replan(departure: number): void {
    this.go(this.doing, departure);
  }

  fire(token: number): void {
    if (token !== this.token) return;
    switch (this.doing) {
      case 'sleeps':
        this.poll();
        break;
      case 'reads':
        this.publishBatch();
        break;
      case 'waits':
        this.publishAgain();
        break;
      case 'marks':
        this.flush();
        break;
      case 'flushes':
        this.marked();
        break;
      case 'down':
        break;
    }
  }

  private get now(): number {
    return this.model.wiring.simulation.now;
  }

  private go(doing: Doing, at: number): void {
    this.doing = doing;
    this.token += 1;
    this.agenda.at(at, this, this.token);
  }

  /** Asks for a batch: what is committed by now. */
  private poll(): void {
    const { events, model, position, settings, shard } = this;
    this.batch = events.slice(position, position + settings.batch);
    if (!settings.isPolling) {
      this.publishBatch();
      return;
    }
    const rows = Math.max(0, this.batch.length - 1);
    const work = Math.round(model.settings.read.quantile(this.random()) * 1e9) + model.ticksOfRows.work(rows);
    this.doing = 'reads';
    this.replan(shard.primary.cores.serve(this.now, work, this));
  }

  private publishBatch(): void {
    const { batch, settings } = this;
    if (batch.length === 0) {
      this.go('sleeps', this.now + settings.interval);
      return;
    }
    this.publish(batch);
  }

  private publish(events: readonly OutboxEvent[]): void {
    this.doing = 'waits';
    this.unanswered = events.length;
    this.failures = [];
    for (const event of events) this.publisher.publish(event.attempt(this));
  }

  private publishAgain(): void {
    this.publish(this.failures);
  }

  /** @internal by an event: one of its publications is acknowledged */
  published(event: OutboxEvent, process: Process): void {
    this.model.metering.outbox?.published(event, this.now);
    if (process === this.process) this.answered();
  }

  /** @internal by an event: one of its publications has failed, as far as its producer knows */
  failed(event: OutboxEvent, process: Process, isInLog: boolean): void {
    if (isInLog) this.model.metering.outbox?.published(event, this.now);
    if (process !== this.process) return;
    this.failures.push(event);
    this.answered();
  }

  private answered(): void {
    this.unanswered -= 1;
    if (this.unanswered > 0) return;
    const { batch, failures, model, settings, shard } = this;
    if (failures.length > 0) {
      this.go('waits', this.now + settings.interval);
    } else if (settings.isPolling) {
      const work = Math.round(model.settings.write.quantile(this.random()) * 1e9);
      this.doing = 'marks';
      const all = work + model.ticksOfRows.work(batch.length - 1);
      this.replan(shard.primary.cores.serve(this.now, all, this));
    } else {
      this.position += batch.length;
      // Not from within an acknowledgement: the next batch is another event's business.
      this.go('sleeps', this.now);
    }
  }

  /** The marks are written; they go to disk with the next flush. */
  private flush(): void {
    const { flush } = this.shard;
    const { now } = this;
    if (flush.isFirst(now))
      flush.open(now, Math.round(this.model.settings.commit.quantile(this.random()) * 1e9));
    this.go('flushes', flush.join(now));
  }

  private marked(): void {
    this.events.splice(0, this.batch.length);
    this.shard.shipBulk(markSize * this.batch.length);
    this.poll();
  }

  /** Notes how far it has come, and goes on doing so. */
  private readonly checkpoints: EventTarget = {
    fire: () => {
      this.events.splice(0, this.position);
      this.position = 0;
      this.agenda.after(this.settings.checkpoint, this.checkpoints);
    },
  };
}
