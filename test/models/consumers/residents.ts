import type { Callee, LocalCallSite, Residence, ServiceHost } from '../../../src/models/contracts/service.ts';
import { unattended } from '../../../src/models/control/async.ts';
import type { Cursor } from '../../../src/models/cursor.ts';
import { CursorPool } from '../../../src/models/cursor-pool.ts';
import type { Component } from '../../../src/models/kind.ts';
import { kinds, verbs } from '../../../src/models/kinds.ts';
import { MeterBoard } from '../../../src/models/meters.ts';
import { Segments } from '../../../src/models/segments.ts';
import type { Step } from '../../../src/models/step.ts';
import { TimeSeries } from '../../../src/models/timeline.ts';
import type { TopicModel } from '../../../src/models/topics/model.ts';
import { TopicRecord } from '../../../src/models/topics/record.ts';
import { MeasuredWindow } from '../../../src/models/window.ts';
import { Wiring } from '../../../src/models/wiring.ts';
import { Simulation } from '../../../src/sim/simulation.ts';
import { designOf } from '../harness.ts';

/** One processing of a record: number of the record, on which instance, from when to when (nanoseconds). */
export interface Processing {
  readonly record: number;
  readonly host: string;
  readonly from: number;
  to: number;
}

/** An instance that works on one record for as long as it is told. */
class Instance implements ServiceHost {
  alive = true;
  readonly place = 0;
  readonly service = 'b';
  readonly inside = new Set<Cursor>();
  readonly deathWatch: (() => void)[] = [];

  constructor(readonly name: string) {}

  work(): void {}
  connections(): undefined {}

  whenDead(died: () => void): void {
    this.deathWatch.push(died);
  }
}

/** A service whose instances come and go by hand, in place of the real one. */
class Instances implements Callee, Residence {
  readonly name = 'b';
  readonly hosts: Instance[] = [];
  readonly done: Processing[] = [];
  private readonly watchers: ((region: number) => void)[] = [];

  constructor(private readonly workTicks: number | ((record: number) => number)) {}

  get residence(): Residence {
    return this;
  }

  callSite() {
    const enter = () => {
      throw new Error('called through a balancer');
    };
    return { regions: [0], serves: () => true, enter };
  }

  residents(): readonly ServiceHost[] {
    return this.hosts;
  }

  watch(changed: (region: number) => void): void {
    this.watchers.push(changed);
  }

  change(change: (hosts: Instance[]) => void): void {
    change(this.hosts);
    for (const watcher of this.watchers) watcher(0);
  }

  localSite(): LocalCallSite {
    return {
      enter: (cursor, host, next) => {
        const instance = host as Instance;
        const [record] = cursor.operation.keys;
        const processing = { record, host: instance.name, from: cursor.now, to: Number.NaN };
        this.done.push(processing);
        cursor.push({ leave: (left) => this.leave(left, instance) }, next, 0, instance);
        instance.inside.add(cursor);
        const { workTicks } = this;
        const ticks = typeof workTicks === 'number' ? workTicks : workTicks(record);
        cursor.resumeAt(cursor.now + ticks, new Done(processing));
      },
    };
  }

  private leave(cursor: Cursor, instance: Instance): number {
    instance.inside.delete(cursor);
    return 0;
  }
}

class Done {
  constructor(private readonly processing: Processing) {}

  readonly next = undefined as unknown as Step;

  enter(cursor: Cursor): void {
    this.processing.to = cursor.now;
    cursor.pop();
  }
}

/** A topic of four partitions read by the members on instances that are put up and taken down by hand. */
export class Bench {
  readonly simulation = new Simulation();
  readonly instances: Instances;
  private readonly components = new Map<string, Map<string, Component>>();
  private readonly board: MeterBoard;
  private readonly publisher = new Instance('publisher');
  private published = 0;

  constructor(options: {
    workTicks: number | ((record: number) => number);
    consumer?: string;
    network?: string;
    begin?: string;
    seed?: number;
    hosts: readonly string[];
    /** Looks at the topic before anybody reads it. */
    prepare?: (topic: TopicModel) => void;
  }) {
    const design = designOf(`
name: bench
run: { duration: 1h, warmUp: 0s, begin: ${options.begin ?? 'steady'} }
regions: { us: us-east-1 }
network: { jitter: 0%, ${options.network ?? 'preset: none'} }
workloads: { w: { arrivals: { rate: 1/s }, call: b.take } }
services: { b: { operations: { take: [ wait: 1ms ] } } }
clusters: { c: { brokers: 1, append: 1us } }
topics: { t: { cluster: c, partitions: 4, producer: { acks: 0, linger: 0s } } }
consumers: { g: { topic: t, call: b.take, ${options.consumer ?? ''} } }
`);
    this.instances = new Instances(options.workTicks);
    const window = new MeasuredWindow(0, 3600e9);
    window.open = true;
    this.board = new MeterBoard(window);
    const cursors = new CursorPool(this.simulation);
    const segments = new Segments();
    const wiring = new Wiring(
      design,
      this.simulation,
      cursors,
      segments,
      window,
      new TimeSeries(3600e9),
      0,
      options.seed ?? 1,
      0,
      this.board,
      this.components,
      new Map(verbs.map((definition) => [definition.verb, definition])),
    );
    const built: Component[] = [];
    for (const { section, build } of kinds) {
      if (section === 'workloads') continue;
      const entries = section === 'services' ? [] : design.entries<never>(section);
      const made = new Map(entries.map(([name, config]) => [name, build(name, config, wiring) as Component]));
      built.push(...made.values());
      if (section === 'services') made.set('b', this.instances as unknown as Component);
      this.components.set(section, made);
    }
    this.instances.hosts.push(...options.hosts.map((name) => new Instance(name)));
    for (const component of built) {
      component.connect?.();
      if (component === this.components.get('topics')?.get('t')) options.prepare?.(component as TopicModel);
    }
    cursors.seal(segments.list.length);
    for (const component of built) component.start?.();
  }

  component<C>(section: string, name: string): C {
    return this.components.get(section)?.get(name) as C;
  }

  reading(meter: string) {
    const reading = this.board.meters.get(meter)?.read();
    if (reading === undefined) throw new Error(`no meter ${meter}`);
    return reading;
  }

  /** Publishes the next record (0, 1, …) to a partition. */
  publish(partition: number): void {
    this.publishAs(partition, this.published);
    this.published += 1;
  }

  /** Publishes a record to a partition under a number of the caller's choice. */
  publishAs(partition: number, number: number): void {
    const [topic] = this.component<TopicModel>('topics', 't').regions;
    const record = new TopicRecord(number, partition, [number], this.simulation.now);
    topic.publish(record, this.publisher, 0, partition);
  }

  join(name: string): void {
    this.instances.change((hosts) => hosts.push(new Instance(name)));
  }

  /** Takes an instance down as a fleet does: it is not one of the ready ones any more, then it dies. */
  die(name: string): void {
    const instance = this.instances.hosts.find((each) => each.name === name) as Instance;
    this.leave(name);
    instance.alive = false;
    for (const died of instance.deathWatch) died();
    for (const cursor of instance.inside) cursor.sever(instance, 'crashed', unattended);
  }

  /** Lets an instance go that may finish what it has in hand. */
  leave(name: string): void {
    this.instances.change((hosts) =>
      hosts.splice(
        hosts.findIndex((each) => each.name === name),
        1,
      ),
    );
  }
}
