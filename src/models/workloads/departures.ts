import { toTicks } from '../../sim/clock.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import { TimeoutRing, type TimeoutTarget } from '../../sim/timeout-ring.ts';
import { type Network, networkSection } from '../contracts/network.ts';
import { type Entrance, nowhere, type Router, refused, type Way } from '../contracts/router.ts';
import type { CallSite } from '../contracts/service.ts';
import { finish } from '../control/finish.ts';
import type { Cursor, Failure } from '../cursor.ts';
import { Step } from '../step.ts';
import type { Wiring } from '../wiring.ts';
import type { Caller } from './caller.ts';
import {
  type ConnectionConfig,
  defaultHandshake,
  defaultKeepAlive,
  keepsConnections,
} from './connections-config.ts';

/** Draws of an attempt, by the low bits of its word: those that `Attempts` leaves. */
const drawOf = { route: 0, there: 3, back: 4 } as const;

/** A request as its departure sees it: the root of the cursors that carry its attempts. */
export interface Departing {
  readonly origin: number;
  readonly caller: Caller | null;
  /** By which its resolver is found, where no caller is kept. */
  readonly number: number;
  /** Where its attempt was sent; below 0 before. */
  region: number;
  /** When it was sent there, with all that opening a connection took. */
  sentAt: number;
  isConnecting: boolean;
}

/** How the attempts of a workload's callers find their region, and get there: address, connection, request. */
export class Departures {
  private readonly entrance: Entrance;
  private readonly network: Network;
  private readonly keepAlive: number;
  private readonly lifetime: number;
  private readonly handshake: number;
  private readonly connectTimeouts: TimeoutRing | undefined;
  private readonly connected = new Connected(this);
  private readonly callerWay: number;
  private readonly isAlone: boolean;

  /**
   * @param workload name of it
   * @param allowed regions to which the data may go
   * @param draws of the client
   */
  constructor(
    private readonly config: ConnectionConfig,
    private readonly wiring: Wiring,
    private readonly site: CallSite,
    workload: string,
    allowed: readonly number[],
    private readonly draws: KeyedDraws,
    router: Router,
  ) {
    const asks = keepsConnections(config) ? (config.reresolve ?? 'on-connect') : 'each-time';
    this.entrance = router.entrance(site, allowed, { workload, asks });
    this.network = wiring.find<Network>(networkSection);
    this.keepAlive = toTicks(config.keepAlive ?? defaultKeepAlive);
    this.lifetime = toTicks(config.connectionLifetime ?? Number.POSITIVE_INFINITY);
    this.handshake = config.handshake ?? defaultHandshake;
    this.callerWay = wiring.segments.number('network', 'between caller and region');
    this.isAlone = site.regions.length === 1 && allowed.length === 1;
    if (config.connectTimeout !== undefined)
      this.connectTimeouts = new TimeoutRing(wiring.agenda(), toTicks(config.connectTimeout));
  }

  /** An attempt sets out. */
  send(cursor: Cursor, request: Departing): void {
    const { caller } = request;
    const { now } = cursor;
    request.sentAt = now;
    if (caller?.isConnected(now)) {
      request.region = caller.region;
      this.entrance.sent(request.origin, caller.region, 'connection');
      this.site.enter(cursor, caller.region, finish);
      return;
    }
    const asks = caller === null || caller.asksAnew(now, this.config.reresolve ?? 'on-connect');
    const region = asks ? this.resolve(cursor, request) : caller.region;
    request.region = region;
    if (region === refused) {
      cursor.fail('residency');
    } else if (region === nowhere) {
      cursor.fail('no region');
    } else {
      const way: Way = asks ? 'answer' : 'address';
      this.entrance.sent(request.origin, region, way);
      if (caller === null) this.site.enter(cursor, region, finish);
      else this.connect(cursor, request, caller, region);
    }
  }

  private resolve(cursor: Cursor, { caller, number, origin }: Departing): number {
    const uniform = this.isAlone ? 0.5 : this.draw(cursor, drawOf.route);
    caller?.asked(cursor.now + this.lifetime);
    return this.entrance.resolve(origin, caller === null ? number : caller.number, uniform);
  }

  private draw(cursor: Cursor, index: number): number {
    return this.draws.uniform(cursor.high, cursor.low, cursor.word | index);
  }

  /** The handshakes of a new connection; where nothing passes one way or the other, they hang. */
  private connect(cursor: Cursor, request: Departing, caller: Caller, region: number): void {
    const { connectTimeouts, handshake, network, wiring } = this;
    const { origin } = request;
    caller.region = region;
    request.isConnecting = true;
    const uniforms = [this.draw(cursor, drawOf.there), this.draw(cursor, drawOf.back)] as const;
    const there = network.delay(origin, region, uniforms[0]);
    const back = network.delay(region, origin, uniforms[1]);
    if (there + back === Number.POSITIVE_INFINITY) {
      const isThere = there === Number.POSITIVE_INFINITY;
      const [from, to] = isThere ? [origin, region] : [region, origin];
      const wait = cursor.hang(from, to, uniforms[isThere ? 0 : 1], this.connected, true);
      connectTimeouts?.arm(cursor.now, new Opening(cursor), wait);
      return;
    }
    const ready = cursor.now + handshake * (there + back);
    if (ready === cursor.now) {
      this.connected.enter(cursor);
      return;
    }
    cursor.spendUntil(network.segment(origin, region), ready);
    const wait = cursor.awaitAt(this.connected);
    wiring.simulation.schedule(ready, cursor.high, cursor.low, cursor.word, cursor, wait);
    connectTimeouts?.arm(cursor.now, new Opening(cursor), wait);
  }

  /** @internal the connection is open */
  isOpen(cursor: Cursor): void {
    const request = cursor.root as unknown as Departing;
    const caller = request.caller as Caller;
    request.isConnecting = false;
    caller.connected(request.region, cursor.now + this.keepAlive);
    this.site.enter(cursor, request.region, finish);
  }

  /** The attempt's answer is there. */
  answered(cursor: Cursor, { caller, region, sentAt }: Departing): void {
    const { now } = cursor;
    caller?.connected(region, now + this.keepAlive);
    const { entrance } = this;
    if (entrance.listens)
      entrance.ended(region, Math.max(0, now - sentAt - cursor.spent.of(this.callerWay)) / 1e9);
  }

  /** The attempt has failed, or is not waited for any more. */
  failed(request: Departing, reason: Failure): void {
    request.isConnecting = false;
    request.caller?.failed(reason);
    const { entrance } = this;
    if (entrance.listens && request.region >= 0 && reason !== 'rejected')
      entrance.ended(request.region, Number.POSITIVE_INFINITY);
  }
}

/** The connection is there: the request follows. */
class Connected extends Step {
  constructor(private readonly departures: Departures) {
    super(undefined as unknown as Step);
  }

  enter(cursor: Cursor): void {
    this.departures.isOpen(cursor);
  }
}

/** A connection that takes too long. */
class Opening implements TimeoutTarget {
  constructor(private readonly cursor: Cursor) {}

  awaits(wait: number): boolean {
    return this.cursor.awaits(wait);
  }

  timedOut(wait: number): void {
    if (this.cursor.awaits(wait)) this.cursor.fail('unreachable');
  }
}
