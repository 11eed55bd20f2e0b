import type { EventTarget } from '../../sim/event-queue.ts';
import type { ReadableRecord } from '../contracts/topic.ts';
import type { Mirror } from './mirror.ts';

/** Kafka's fetch.max.bytes and max.partition.fetch.bytes. */
const maxBytes = 50 * 2 ** 20;
const maxPartitionBytes = 2 ** 20;

/** Where a fetch is. */
type Stage = 'is stuck' | 'waits at the broker' | 'reaches the broker' | 'answer under way';

interface Range {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The fetches of a mirror from one broker of the region that it copies from; one at a time, so that a record waits for
 * the one before to come and go, and then travels. What an answer brings is published at once, and the next fetch leaves.
 */
export class MirrorFetch implements EventTarget {
  private readonly partitions: number[] = [];
  private stage: Stage = 'waits at the broker';
  /** When the fetch is, or will be, at the broker. */
  private thereAt: number;
  private answer: Range[] = [];
  /** The first record of the answer: ways draw under its identity. */
  private first: ReadableRecord | undefined;

  constructor(
    private readonly mirror: Mirror,
    private readonly broker: number,
  ) {
    const { now } = mirror.simulation;
    this.thereAt = now === 0 ? 0 : now + mirror.nominalWay();
  }

  add(partition: number): void {
    this.partitions.push(partition);
  }

  /**
   * A partition is asked for elsewhere from now on, and what is under way of it with it: its answer may be held up for longer
   * than the next one takes from there.
   */
  remove(partition: number): void {
    this.partitions.splice(this.partitions.indexOf(partition), 1);
    for (const { from, partition: of } of this.answer)
      if (of === partition) this.mirror.goesBack(partition, from);
    this.answer = this.answer.filter((range) => range.partition !== partition);
  }

  /** Something may be readable. */
  offer(now: number): void {
    if (this.stage !== 'waits at the broker') return;
    if (now >= this.thereAt) {
      this.respond(now);
    } else if (this.partitions.some((partition) => this.mirror.missing(partition) > 0)) {
      this.stage = 'reaches the broker';
      this.mirror.agenda.at(this.thereAt, this);
    }
  }

  fire(): void {
    const { now } = this.mirror.simulation;
    if (this.stage === 'answer under way') this.arrive(now);
    else this.respond(now);
  }

  private respond(now: number): void {
    const { answer, broker, mirror, partitions } = this;
    const { recordSize } = mirror;
    const most = Math.max(1, Math.floor(maxPartitionBytes / recordSize));
    let records = 0;
    for (const partition of partitions) {
      const count = Math.min(most, mirror.missing(partition));
      if (count === 0 || records * recordSize >= maxBytes) continue;
      const from = mirror.position(partition);
      answer.push({ partition, from, to: from + count });
      mirror.took(partition, count);
      records += count;
    }
    this.stage = 'waits at the broker';
    if (records === 0) return;
    const [{ from: asked, partition: led }] = answer;
    const first = mirror.source.logs[led].at(asked);
    const way = mirror.wayBack(first, broker, records);
    this.first = first;
    this.stage = 'answer under way';
    if (way < Number.POSITIVE_INFINITY) mirror.agenda.at(now + way, this);
    else mirror.stuck(true, (instant) => mirror.agenda.at(instant, this));
  }

  private arrive(now: number): void {
    const { answer, broker, first, mirror } = this;
    const way = mirror.wayThere(first as ReadableRecord, broker);
    this.thereAt = now + way;
    this.stage = 'waits at the broker';
    for (const { partition, from, to } of answer) mirror.copy(partition, from, to);
    while (answer.length > 0) answer.pop();
    if (way < Number.POSITIVE_INFINITY) {
      this.offer(now);
      return;
    }
    this.stage = 'is stuck';
    mirror.stuck(false, (instant) => {
      this.stage = 'waits at the broker';
      this.thereAt = instant;
      this.offer(mirror.simulation.now);
    });
  }
}
