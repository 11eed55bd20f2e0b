import type { Instance } from './instance.ts';

/** Nanoseconds in use and there, of cores and of threads, summed over the instances of a region past and present. */
export class Usage {
  coreBusy = 0;
  coreTotal = 0;
  threadBusy = 0;
  threadTotal = 0;

  /** Closes an instance's account at the end of the window, or when it goes: adds what it saw, its executors included. */
  close(instance: Instance, now: number): void {
    this.add(instance, now);
    for (const executor of instance.executors.values()) executor.give(now);
  }

  /** Adds what an instance's window saw up to `now`. */
  add(instance: Instance, now: number): void {
    const threads = instance.threads?.observe(now);
    if (threads !== undefined) {
      this.threadBusy += threads.heldTicks;
      this.threadTotal += threads.unitTicks;
    }
    const line = instance.line?.observe(now);
    if (line !== undefined) {
      this.coreBusy += line.busyTicks;
      this.coreTotal += line.serverTicks;
    }
    const shared = instance.shared?.occupancy;
    if (shared !== undefined) {
      this.coreBusy += shared.busyTicks;
      this.coreTotal += shared.serverTicks;
    }
  }

  /** As much again as another has seen. */
  addAll(other: Usage): void {
    this.coreBusy += other.coreBusy;
    this.coreTotal += other.coreTotal;
    this.threadBusy += other.threadBusy;
    this.threadTotal += other.threadTotal;
  }

  /** Of cores, or of threads where nothing bounds the cores. */
  get binding(): { readonly busy: number; readonly there: number } {
    return this.coreTotal > 0
      ? { busy: this.coreBusy, there: this.coreTotal }
      : { busy: this.threadBusy, there: this.threadTotal };
  }

  clear(): void {
    this.coreBusy = 0;
    this.coreTotal = 0;
    this.threadBusy = 0;
    this.threadTotal = 0;
  }
}
