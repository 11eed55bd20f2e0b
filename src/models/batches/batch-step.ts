import { toTicks } from '../../sim/clock.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { Gate } from '../../sim/stations/gate.ts';
import { keysSection } from '../contracts/keys.ts';
import type { ServiceHost } from '../contracts/service.ts';
import { finish } from '../control/finish.ts';
import type { Cursor } from '../cursor.ts';
import type { CursorPool } from '../cursor-pool.ts';
import { defineStep, Step, type StepContext } from '../step.ts';
import type { BatchMetering } from './batch-metering.ts';
import { Batcher } from './batcher.ts';
import { ByHost } from './by-host.ts';
import { type BatchOptions, batchSchema } from './config.ts';
import { type BatchesModel, batchesSection } from './model.ts';

/** Adds an entry to the batch that its instance has in memory. */
export class BatchStep extends Step {
  /** The flush. */
  readonly first: Step;
  readonly cursors: CursorPool;
  readonly agenda: Agenda;
  readonly site: number;
  /** Nanoseconds; 0 where there is none. */
  readonly tickTicks: number;
  readonly maxAgeTicks: number;
  /** Flushes of an instance at once. */
  readonly overlap: number;
  /** Whether a flush takes the list for itself. */
  readonly isGuarded: boolean;
  readonly noKeys: readonly number[];
  readonly waitSegment: number;
  readonly metering: BatchMetering | undefined;
  private readonly draws: KeyedDraws;
  /** Whose entry came first, while the instance's memory is made. */
  private newcomer!: Cursor;
  private readonly batchers: ByHost<Batcher>;
  private readonly admitted = new Admitted(this);

  constructor(
    readonly options: BatchOptions,
    private readonly context: StepContext,
  ) {
    super(context.next);
    const { owner, path, wiring } = context;
    this.first = context.nested(options.do, 'do', finish);
    this.cursors = wiring.cursors;
    this.agenda = wiring.agenda();
    this.site = wiring.site(path);
    this.draws = wiring.draws(path);
    this.tickTicks = toTicks(options.tick ?? 0);
    this.maxAgeTicks = toTicks(options.maxAge ?? 0);
    this.isGuarded = options.locking === 'swap';
    this.overlap = this.isGuarded ? (options.overlap ?? 1) : Number.POSITIVE_INFINITY;
    this.noKeys = wiring.design.names(keysSection).map(() => Number.NaN);
    this.waitSegment = wiring.segments.number(owner, 'waits for its batch', true);
    this.batchers = new ByHost(
      (host) => this.makeBatcher(host),
      (batcher) => batcher.die(),
      (batcher) => batcher.stop(),
    );
    this.metering = wiring.find<BatchesModel>(batchesSection).register(this, options);
  }

  get now(): number {
    return this.context.wiring.simulation.now;
  }

  /** Instances that have a batch in memory. */
  get instances(): number {
    return this.batchers.size;
  }

  /** Entries whose flush is due and cannot begin. */
  get backlog(): number {
    let entries = 0;
    for (const batcher of this.batchers.values()) entries += batcher.backlog;
    return entries;
  }

  isCounted(now: number): boolean {
    return this.context.wiring.window.contains(now);
  }

  enter(cursor: Cursor): void {
    this.newcomer = cursor;
    const batcher = this.batchers.of(cursor.host as ServiceHost);
    const { room } = batcher;
    const answer = room === undefined ? 'granted' : cursor.acquire(room, this.admitted);
    if (answer === 'granted') batcher.add(cursor);
  }

  /** There is room for the entry of a cursor that has waited for it. */
  admit(cursor: Cursor): void {
    cursor.taken();
    cursor.spendUntil(this.waitSegment, cursor.now);
    this.batchers.of(cursor.host as ServiceHost).add(cursor);
  }

  private makeBatcher(host: ServiceHost): Batcher {
    const { draws, newcomer, options, tickTicks } = this;
    // Instances began at any time: where in its interval a timer stands is chance, and its first entry's own.
    const phase = Math.floor(draws.uniform(newcomer.high, newcomer.low, newcomer.word) * tickTicks);
    const room = options.capacity === undefined ? undefined : new Gate(options.capacity);
    return new Batcher(this, host, phase, room);
  }
}

class Admitted extends Step {
  constructor(private readonly step: BatchStep) {
    super(undefined as unknown as Step);
  }

  enter(cursor: Cursor): void {
    this.step.admit(cursor);
  }
}

export const batch = defineStep<BatchOptions>({
  verb: 'batch',
  about:
    'Adds an entry to a list in the instance’s memory, which is flushed when it is full or when its time is up.',
  schema: batchSchema as never,
  children: (options) => [options.do],
  leastTimes: 0,
  // As often as at least: a batch that its timer closes is not full.
  times: ({ size }) => 1 / size,
  putsOff: true,
  compile: (options, context) => new BatchStep(options, context),
});
