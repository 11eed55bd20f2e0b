import type { MetersOf } from '../meters.ts';
import type { ExecutorConfig } from './executor-config.ts';
import type { Instance } from './instance.ts';
import { executorMeters } from './metrics.ts';
import type { ServiceModel } from './model.ts';

/** One executor of a service, over all its instances: what it is, and what is measured of it. */
export class ExecutorPool {
  readonly segment: number;
  /** Tasks that wait for a thread. */
  waiting = 0;
  private readonly meters: MetersOf<typeof executorMeters>;
  private held = 0;
  private total = 0;
  private starvedTicks = 0;

  constructor(
    private readonly model: ServiceModel,
    private readonly name: string,
    readonly config: ExecutorConfig,
  ) {
    const { wiring } = model;
    this.meters = wiring.meters(['services', model.name, 'executors', name], executorMeters);
    this.segment = wiring.segments.number(`services.${model.name}`, `waits for a thread of ${name}`, true);
  }

  asked(): void {
    this.meters.tasks.count();
  }

  refused(): void {
    this.meters.rejected.count();
  }

  lost(tasks: number): void {
    this.meters.lost.count(tasks);
  }

  queued(now: number, change: number): void {
    this.waiting += change;
    this.meters.queue.set(now, this.waiting);
  }

  waited(ticks: number): void {
    this.meters.wait.observe(ticks / 1e9);
  }

  /** All threads of an instance wait for tasks of the same executor. */
  starved(now: number, { title }: Instance): void {
    const { wiring, name } = this.model;
    const threads =
      this.config.threads === 1 ? 'the only thread waits' : `all ${this.config.threads} threads wait`;
    const what = `${title}: ${threads} for tasks of the same executor, ${this.name}`;
    wiring.timeline.note(now, `services.${name}`, what);
  }

  clear(): void {
    this.held = 0;
    this.total = 0;
    this.starvedTicks = 0;
  }

  /** What an instance's window saw, in nanoseconds of threads: held, there, and there while all waited for each other. */
  add(held: number, total: number, starved: number): void {
    this.held += held;
    this.total += total;
    this.starvedTicks += starved;
  }

  /** The window is over. */
  tell(): void {
    this.meters.utilization.give(this.held, this.total);
    this.meters.starved.give(this.starvedTicks, this.total);
  }
}
