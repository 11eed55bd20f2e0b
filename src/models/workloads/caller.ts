import type { Failure } from '../cursor.ts';
import type { Reresolve } from './connections-config.ts';

/** Failures after which a caller knows nothing of whom he called: it did not answer, or not from there. */
const silences: readonly Failure[] = ['timed-out', 'unreachable', 'crashed'];

/** Who calls again and again: he keeps an address, and a connection while he uses it. */
export class Caller {
  /** Place of the region whose address he has; −1 before he has asked. */
  region = -1;
  private openUntil = Number.NEGATIVE_INFINITY;
  private hasFailed = false;

  /** @param number by which his resolver is found */
  constructor(readonly number: number) {}

  isConnected(now: number): boolean {
    return now < this.openUntil;
  }

  /** Whether he asks for the address before he connects. */
  asksAnew(policy: Reresolve): boolean {
    if (this.region < 0 || policy === 'on-connect') return true;
    return policy === 'on-error' && this.hasFailed;
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
