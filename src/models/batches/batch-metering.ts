import type { CountMeter } from '../meters.ts';
import type { Wiring } from '../wiring.ts';
import type { Batch } from './batch.ts';
import type { BatchStep } from './batch-step.ts';
import type { BatchOptions } from './config.ts';
import { FlushTimes } from './flush-times.ts';
import { type BatchMeters, batchMeters, timerMeters, unguardedMeters } from './metrics.ts';

/** Meters what a batch that has a name does, on all its instances. */
export class BatchMetering {
  private readonly meters: BatchMeters;
  private readonly timedFlushes: CountMeter;
  private readonly clearings: CountMeter | undefined;
  private readonly memorySeries: (now: number, entries: number) => void;
  private readonly storedSeries: (now: number, entries: number) => void;
  private readonly times = new FlushTimes();
  private inMemory = 0;

  constructor(
    name: string,
    private readonly step: BatchStep,
    options: BatchOptions,
    private readonly wiring: Wiring,
  ) {
    const path = ['batches', name];
    this.meters = wiring.meters(path, batchMeters);
    [this.timedFlushes] = Object.values(wiring.meters(path, timerMeters(options)));
    if (!step.isGuarded) this.clearings = wiring.meters(path, unguardedMeters).cleared;
    this.memorySeries = wiring.timeline.level(`batches.${name}.inMemory`, 'count');
    this.storedSeries = wiring.timeline.counter(`batches.${name}.stored`, 'count');
  }

  private remember(entries: number, now: number): void {
    this.inMemory += entries;
    this.meters.inMemory.set(now, this.inMemory);
    this.memorySeries(now, this.inMemory);
  }

  added(now: number): void {
    this.meters.entries.count();
    this.remember(1, now);
  }

  closed({ addedAt, closedAt, reason, size }: Batch): void {
    const { meters, wiring } = this;
    wiring.simulation.digest(size);
    if (!wiring.window.open) return;
    meters.size.observe(size);
    for (let at = 0; at < size; at += 1) meters.wait.observe((closedAt - addedAt[at]) / 1e9);
    meters.flushes.count();
    meters.fullRatio.observe(reason === 'full' ? 1 : 0, 1);
    if (reason === 'full') meters.fullFlushes.count();
    else if (reason === 'timer') this.timedFlushes.count();
  }

  begun({ begunAt, closedAt }: Batch): void {
    this.meters.flushWait.observe((begunAt - closedAt) / 1e9);
  }

  /** A flush is over, well or not. */
  ended({ begunAt, size }: Batch, now: number): void {
    const seconds = (now - begunAt) / 1e9;
    this.meters.flushTime.observe(seconds);
    if (this.wiring.window.open) this.times.add(size, seconds);
  }

  stored({ addedAt, size }: Batch, now: number): void {
    const { meters, wiring } = this;
    this.remember(-size, now);
    this.storedSeries(now, size);
    if (!wiring.window.open) return;
    meters.throughput.count(size);
    meters.lostRatio.give(0, size);
    for (let at = 0; at < size; at += 1) meters.settleTime.observe((now - addedAt[at]) / 1e9);
  }

  failed({ size }: Batch, now: number): void {
    this.remember(-size, now);
    this.meters.failed.count(size);
    this.meters.lostRatio.observe(0, size);
  }

  lost({ size }: Batch, now: number): void {
    this.remember(-size, now);
    this.meters.lost.count(size);
    this.meters.lostRatio.observe(size, size);
  }

  /** It was added while the list was being written, and cleared with it. */
  cleared(batch: Batch, now: number): void {
    this.clearings?.count(batch.size);
    this.lost(batch, now);
  }

  leftInDoubt({ size }: Batch, now: number): void {
    this.remember(-size, now);
    this.meters.inDoubt.count(size);
    this.meters.lostRatio.observe(0, size);
  }

  closeWindow(): void {
    const { instances, options, overlap } = this.step;
    const flushers = instances * (Number.isFinite(overlap) ? overlap : 1);
    this.meters.reachableThroughput.set((flushers * options.size) / this.times.expected(options.size));
  }
}
