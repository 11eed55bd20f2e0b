import type { Failure } from '../cursor.ts';
import type { Reresolve } from './connections-config.ts';

/** Failures after which a caller knows nothing of whom he called: it did not answer, or not from there. */
const silences: readonly Failure[] = ['timed-out', 'no-quorum', 'unreachable', 'crashed'];

/** Who calls again and again: he keeps an address, and a connection while he uses it. */
export class Caller {
  /** Place of the region whose address he has; −1 before he has asked. */
  region = -1;
  private openUntil = Number.NEGATIVE_INFINITY;
  private hasFailed = false;
  /** Instant from which on he does not go on with the address that he has. */
  private goodUntil = Number.POSITIVE_INFINITY;

  /** @param number by which his resolver is found */
  constructor(readonly number: number) {}

  isConnected(now: number): boolean {
    return now < this.openUntil && now < this.goodUntil;
  }

  /** Whether he asks for the address before he connects. */
  asksAnew(now: number, policy: Reresolve): boolean {
    if (this.region < 0 || policy === 'on-connect') return true;
    return now >= this.goodUntil || (policy === 'on-error' && this.hasFailed);
  }

  /** He has asked for the address. @param goodUntil when he is to ask again, however well it works */
  asked(goodUntil: number): void {
    this.goodUntil = goodUntil;
  }

  /** A connection to `region` is open, and used now. */
  connected(region: number, openUntil: number): void {
    this.region = region;
    this.openUntil = openUntil;
    this.hasFailed = false;
  }

  failed(reason: Failure): void {
    if (!silences.includes(reason)) return;
    this.openUntil = Number.NEGATIVE_INFINITY;
    this.hasFailed = true;
  }
}
