import type { EventTarget } from '../event-queue.ts';
import type { Agenda } from '../simulation.ts';

/** Who is served by a Shared station. */
export interface SharedCustomer {
  /** The work is done. */
  finished(): void;
}

/**
 * Processor sharing: `servers` worth of capacity is split evenly among all present, nobody getting more than one
 * server. One pending departure: the job with the least work left, kept in a heap by the virtual time at which it ends
 * (virtual time runs at the rate that each job gets), so that an arrival moves everybody by moving one number.
 */
export class Shared implements EventTarget {
  private virtual = 0;
  private last = 0;
  private generation = 0;
  /** When the next job leaves, as things stand. */
  private dueAt = Number.POSITIVE_INFINITY;
  /** When the pending event fires: not after `dueAt`. Who comes only puts departures off, so it may be too early. */
  private pendingAt = Number.POSITIVE_INFINITY;
  private order = 0;
  private readonly heap: { end: number; order: number; customer: SharedCustomer }[] = [];
  private busyTicks = 0;
  private busyBefore = 0;
  private presentTicks = 0;
  private windowStart = 0;
  private served = 0;
  private longest = 0;

  constructor(
    private readonly agenda: Agenda,
    private readonly clock: { readonly now: number },
    private readonly servers = 1,
  ) {}

  get present(): number {
    return this.heap.length;
  }

  /** Takes a job at this instant that needs `work` nanoseconds of a whole server. */
  serve(work: number, customer: SharedCustomer): void {
    this.account();
    this.order += 1;
    this.push({ end: this.virtual + work, order: this.order, customer });
    if (this.heap.length > this.longest) this.longest = this.heap.length;
    this.plan();
  }

  /** Everyone loses. @returns the customers that were present, in order of their ends. */
  crash(): SharedCustomer[] {
    this.account();
    this.generation = (this.generation + 1) | 0;
    this.pendingAt = Number.POSITIVE_INFINITY;
    return this.heap
      .splice(0)
      .sort((a, b) => a.end - b.end || a.order - b.order)
      .map((job) => job.customer);
  }

  fire(generation: number): void {
    if (generation !== this.generation) return;
    this.pendingAt = Number.POSITIVE_INFINITY;
    if (this.clock.now < this.dueAt) {
      this.schedule();
      return;
    }
    this.account();
    const job = this.pop();
    this.served += 1;
    // Rounding the departure to a whole nanosecond may overshoot: the job's own end is the truth.
    if (job.end > this.virtual) this.virtual = job.end;
    this.plan();
    job.customer.finished();
  }

  resetWindow(): void {
    this.account();
    this.windowStart = this.clock.now;
    this.busyBefore += this.busyTicks;
    this.busyTicks = 0;
    this.presentTicks = 0;
    this.served = 0;
    this.longest = this.heap.length;
  }

  observe() {
    this.account();
    const { busyTicks, presentTicks, served, longest } = this;
    return {
      busyTicks,
      presentTicks,
      served,
      longest,
      serverTicks: this.servers * (this.clock.now - this.windowStart),
    };
  }

  /** Server-nanoseconds of work done from the start of the simulation, whatever the window. */
  busySinceStart(): number {
    this.account();
    return this.busyBefore + this.busyTicks;
  }

  /** Server-nanoseconds of work and of servers in the window so far, without closing the books: a look changes nothing. */
  get occupancy(): { readonly busyTicks: number; readonly serverTicks: number } {
    const busy = Math.min(this.servers, this.heap.length) * (this.clock.now - this.last);
    return {
      busyTicks: this.busyTicks + busy,
      serverTicks: this.servers * (this.clock.now - this.windowStart),
    };
  }

  private get rate(): number {
    return this.heap.length <= this.servers ? 1 : this.servers / this.heap.length;
  }

  private account(): void {
    const elapsed = this.clock.now - this.last;
    this.last = this.clock.now;
    if (elapsed === 0 || this.heap.length === 0) return;
    this.virtual += elapsed * this.rate;
    this.busyTicks += elapsed * Math.min(this.servers, this.heap.length);
    this.presentTicks += elapsed * this.heap.length;
  }

  private plan(): void {
    if (this.heap.length === 0) return;
    const left = Math.max(0, this.heap[0].end - this.virtual);
    this.dueAt = this.clock.now + Math.ceil(left / this.rate);
    if (this.dueAt < this.pendingAt) this.schedule();
  }

  private schedule(): void {
    this.generation = (this.generation + 1) | 0;
    this.pendingAt = this.dueAt;
    this.agenda.at(this.dueAt, this, this.generation);
  }

  private push(job: { end: number; order: number; customer: SharedCustomer }): void {
    const { heap } = this;
    let hole = heap.length;
    heap.push(job);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!isBefore(job, heap[parent])) break;
      heap[hole] = heap[parent];
      hole = parent;
    }
    heap[hole] = job;
  }

  private pop(): { end: number; order: number; customer: SharedCustomer } {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop() as typeof top;
    if (heap.length === 0) return top;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child += 1;
      if (!isBefore(heap[child], last)) break;
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = last;
    return top;
  }
}

const isBefore = (a: { end: number; order: number }, b: { end: number; order: number }): boolean =>
  a.end < b.end || (a.end === b.end && a.order < b.order);
