/** Who is served by a Line: told anew when it will leave, if a change of capacity moves it. */
export interface LineCustomer {
  /** The departure has moved to this instant (integer nanoseconds). */
  replan(departure: number): void;
}

/** A Line answers so when the job's turn comes after its deadline: it is dropped and takes no work. */
export const missed = -1;

/**
 * A station of `servers` identical servers and one queue, first in first out, that answers with a departure time.
 *
 * `serve` needs no departure event: the next free server takes the job (M/M/c by recursion on the servers' free
 * times). Jobs stay in a ring {arrival, start, departure, customer} until they have left, so that observers can
 * `advance` and count what is true at that instant; busy and waiting time is credited between start and departure.
 * Calls must come in order of time: there is no way back.
 */
export class Line {
  private free: Float64Array;
  private mask = 15;
  private arrivals = new Float64Array(16);
  private starts = new Float64Array(16);
  private departures = new Float64Array(16);
  private customers: (LineCustomer | null)[] = new Array(16).fill(null);
  private head = 0;
  private tail = 0;
  /** The first job of the ring that had not started when last looked at. */
  private waiting = 0;
  private seen = 0;
  private windowStart = 0;
  private busyTicks = 0;
  /** Of windows gone by. */
  private busyBefore = 0;
  private waitingTicks = 0;
  private serverTicks = 0;
  private serversSince = 0;
  private served = 0;
  private longest = 0;

  constructor(servers = 1) {
    this.free = new Float64Array(servers);
  }

  get servers(): number {
    return this.free.length;
  }

  /**
   * Takes a job at `now` that needs `work` of a server's time (both integer nanoseconds).
   * @returns the instant at which it leaves, or `missed` where its turn would come after `deadline`.
   */
  serve(now: number, work: number, customer: LineCustomer | null = null, deadline = Infinity): number {
    if (now < this.seen) throw new Error(`a Line was asked at ${now} after ${this.seen}`);
    this.seen = now;
    this.retire(now);
    const server = this.earliest();
    const start = Math.max(now, this.free[server]);
    if (start > deadline) return missed;
    const departure = start + work;
    this.free[server] = departure;
    this.append(now, start, departure, customer);
    return departure;
  }

  /** The instant at which a job that came at `now` would start. */
  startOf(now: number): number {
    return Math.max(now, this.free[this.earliest()]);
  }

  /** Jobs present that have not started, after all that is over by `now` is credited. */
  queueLength(now: number): number {
    this.advance(now);
    return this.tail - this.waiting;
  }

  /** Jobs being served at `now`. */
  busyServers(now: number): number {
    this.advance(now);
    let busy = 0;
    for (let job = this.head; job < this.waiting; job += 1)
      if (this.departures[job & this.mask] > now) busy += 1;
    return busy;
  }

  /** Credits what has happened up to `now`. */
  advance(now: number): void {
    if (now > this.seen) this.seen = now;
    this.retire(now);
  }

  /** Starts a new window of measurement at `now`: what was before is forgotten, what is under way is cut. */
  resetWindow(now: number): void {
    this.busyBefore = this.busySinceStart(now);
    this.windowStart = now;
    this.busyTicks = 0;
    this.waitingTicks = 0;
    this.serverTicks = 0;
    this.serversSince = now;
    this.served = 0;
    this.longest = this.tail - this.waiting;
  }

  /** What the window saw up to `now`, jobs under way included up to `now` and no further. */
  observe(now: number): LineObservation {
    this.advance(now);
    let busy = this.busyTicks;
    let waiting = this.waitingTicks;
    for (let job = this.head; job < this.tail; job += 1) {
      const at = job & this.mask;
      busy += overlap(this.starts[at], this.departures[at], this.windowStart, now);
      waiting += overlap(this.arrivals[at], this.starts[at], this.windowStart, now);
    }
    const servers = this.serverTicks + this.servers * (now - this.serversSince);
    return {
      busyTicks: busy,
      waitingTicks: waiting,
      serverTicks: servers,
      served: this.served,
      longestQueue: this.longest,
    };
  }

  /** Server-nanoseconds of work done from the start of the simulation to `now`, whatever the window. */
  busySinceStart(now: number): number {
    return this.busyBefore + this.observe(now).busyTicks;
  }

  /** Changes the number of servers at `now`; jobs that have not started are planned anew and their customers told. */
  changeServers(now: number, servers: number): void {
    this.advance(now);
    this.serverTicks += this.servers * (now - this.serversSince);
    this.serversSince = now;
    const underWay: number[] = [];
    for (let job = this.head; job < this.waiting; job += 1) {
      const departure = this.departures[job & this.mask];
      if (departure > now) underWay.push(departure);
    }
    // Servers that go finish the job in their hands: of the departures under way, the latest stay.
    underWay.sort((a, b) => a - b);
    const free = new Float64Array(servers).fill(now);
    const kept = underWay.slice(Math.max(0, underWay.length - servers));
    kept.forEach((departure, server) => {
      free[server] = departure;
    });
    this.free = free;
    for (let job = this.waiting; job < this.tail; job += 1) {
      const at = job & this.mask;
      const work = this.departures[at] - this.starts[at];
      const server = this.earliest();
      this.starts[at] = Math.max(now, free[server]);
      this.departures[at] = this.starts[at] + work;
      free[server] = this.departures[at];
      this.customers[at]?.replan(this.departures[at]);
    }
  }

  /** Kills what would leave later than `now`. @returns the customers that were lost, in order of arrival. */
  crash(now: number): LineCustomer[] {
    this.advance(now);
    const lost: LineCustomer[] = [];
    for (let job = this.head; job < this.tail; job += 1) {
      const at = job & this.mask;
      this.busyTicks += overlap(this.starts[at], Math.min(this.departures[at], now), this.windowStart, now);
      this.waitingTicks += overlap(this.arrivals[at], Math.min(this.starts[at], now), this.windowStart, now);
      const customer = this.customers[at];
      if (customer !== null && this.departures[at] > now) lost.push(customer);
      this.customers[at] = null;
    }
    this.head = this.tail;
    this.waiting = this.tail;
    this.free.fill(now);
    return lost;
  }

  private earliest(): number {
    const { free } = this;
    let best = 0;
    for (let server = 1; server < free.length; server += 1) if (free[server] < free[best]) best = server;
    return best;
  }

  private append(arrival: number, start: number, departure: number, customer: LineCustomer | null): void {
    if (this.tail - this.head > this.mask) this.widen();
    const at = this.tail & this.mask;
    this.arrivals[at] = arrival;
    this.starts[at] = start;
    this.departures[at] = departure;
    this.customers[at] = customer;
    this.tail += 1;
    if (start <= arrival && this.waiting === this.tail - 1) this.waiting = this.tail;
    else if (this.tail - this.waiting > this.longest) this.longest = this.tail - this.waiting;
  }

  /** Jobs leave the ring in order of arrival; one that has left behind one that has not stays a little longer. */
  private retire(now: number): void {
    const { mask } = this;
    while (this.waiting < this.tail && this.starts[this.waiting & mask] <= now) this.waiting += 1;
    while (this.head < this.waiting) {
      const at = this.head & mask;
      const departure = this.departures[at];
      if (departure > now) return;
      const start = this.starts[at];
      this.busyTicks += departure - Math.max(start, Math.min(departure, this.windowStart));
      const arrival = this.arrivals[at];
      if (start > arrival) this.waitingTicks += overlap(arrival, start, this.windowStart, now);
      this.served += 1;
      this.customers[at] = null;
      this.head += 1;
    }
  }

  private widen(): void {
    const size = (this.mask + 1) * 2;
    const arrivals = new Float64Array(size);
    const starts = new Float64Array(size);
    const departures = new Float64Array(size);
    const customers: (LineCustomer | null)[] = new Array(size).fill(null);
    for (let job = this.head; job < this.tail; job += 1) {
      const from = job & this.mask;
      const to = job & (size - 1);
      arrivals[to] = this.arrivals[from];
      starts[to] = this.starts[from];
      departures[to] = this.departures[from];
      customers[to] = this.customers[from];
    }
    this.arrivals = arrivals;
    this.starts = starts;
    this.departures = departures;
    this.customers = customers;
    this.mask = size - 1;
  }
}

/** What a Line saw in its window: integer nanoseconds of servers busy, jobs waiting, servers present; jobs served. */
export interface LineObservation {
  busyTicks: number;
  waitingTicks: number;
  serverTicks: number;
  served: number;
  longestQueue: number;
}

const overlap = (from: number, to: number, windowFrom: number, windowTo: number): number =>
  Math.max(0, Math.min(to, windowTo) - Math.max(from, windowFrom));
