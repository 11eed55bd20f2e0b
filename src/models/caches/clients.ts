import { toTicks } from '../../sim/clock.ts';
import { CircuitBreaker } from '../algorithms/resilience/circuit-breaker.ts';
import { breakerOptions } from '../client/breaker-config.ts';
import type { Cursor } from '../cursor.ts';
import type { CacheClientConfig } from './config.ts';
import { clientTimeout } from './defaults.ts';
import type { CacheNode, CacheRegion } from './region.ts';

/** What one instance’s client knows of nodes and regions. */
interface Client {
  /** Nodes to which a connection had to be closed, and none is open again. */
  readonly closed: Set<CacheNode>;
  readonly breakers: Map<CacheRegion, Breaker>;
}

interface Breaker {
  readonly circuit: CircuitBreaker;
  permittedAt: number;
}

/**
 * The clients of a cache, one an instance: whether a connection is open, and whether anything is sent at all.
 *
 * Source: Jedis 6, DefaultJedisClientConfig (connectionTimeoutMillis and socketTimeoutMillis 2000; a connection on which an
 * answer timed out is broken and destroyed) and its resilience4j circuit breaker of MultiClusterPooledConnectionProvider.
 * Differs: the pool's connections to a node are one; waiting for a free one is left out.
 */
export class CacheClients {
  /** Nanoseconds. */
  readonly timeout: number;
  readonly connectTimeout: number;
  /** Whether clients must be asked before something is sent: a connection was closed once, or there are breakers. */
  isWary: boolean;
  private readonly known = new WeakMap<object, Client>();
  /** In the place of an instance, for callers that are none. */
  private readonly nobody: object[] = [];

  constructor(private readonly config: CacheClientConfig) {
    this.timeout = toTicks(config.timeout ?? clientTimeout);
    this.connectTimeout = toTicks(config.connectTimeout ?? clientTimeout);
    this.isWary = config.breaker !== undefined;
  }

  /** Whether a circuit breaker lets the cursor's instance ask a region; each that may is answered by `ended`. */
  permits(cursor: Cursor, region: CacheRegion): boolean {
    const breaker = this.breakerOf(cursor, region);
    if (breaker === undefined) return true;
    const { now } = cursor;
    const { circuit, permittedAt } = breaker;
    let isPermitted = circuit.permit(now);
    if (!isPermitted && now > permittedAt + this.timeout + this.connectTimeout) {
      // Whom it permitted to try has been stopped, and will never say how it went.
      circuit.release();
      isPermitted = circuit.permit(now);
    }
    if (isPermitted) breaker.permittedAt = now;
    return isPermitted;
  }

  /** Whether a connection to a node must be opened first. */
  mustOpen(cursor: Cursor, node: CacheNode): boolean {
    return this.clientOf(cursor).closed.has(node);
  }

  /** A permitted request has ended, well or in vain, after so many nanoseconds. */
  ended(cursor: Cursor, region: CacheRegion, node: CacheNode, isInVain: boolean, ticks: number): void {
    if (isInVain) {
      this.isWary = true;
      this.clientOf(cursor).closed.add(node);
    } else if (!this.isWary) {
      return;
    } else {
      this.clientOf(cursor).closed.delete(node);
    }
    this.breakerOf(cursor, region)?.circuit.record(cursor.now, isInVain, ticks);
  }

  private breakerOf(cursor: Cursor, region: CacheRegion): Breaker | undefined {
    const { breaker: config } = this.config;
    if (config === undefined) return undefined;
    const { breakers } = this.clientOf(cursor);
    const known = breakers.get(region);
    if (known !== undefined) return known;
    const made = { circuit: new CircuitBreaker(breakerOptions(config)), permittedAt: cursor.now };
    breakers.set(region, made);
    return made;
  }

  private clientOf({ host, place }: Cursor): Client {
    this.nobody[place] ??= {};
    const who = host ?? this.nobody[place];
    const known = this.known.get(who);
    if (known !== undefined) return known;
    const made = { closed: new Set<CacheNode>(), breakers: new Map() };
    this.known.set(who, made);
    return made;
  }
}
