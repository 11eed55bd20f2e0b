import type { Tenant } from '../contracts/placer.ts';
import type { Purchase } from './mix.ts';

/** A machine of a pool, and who has room on it. Room is counted in thousandths of a core, so that it adds up. */
export class Node {
  /** Undefined only while the nodes of the start are counted. */
  purchase: Purchase | undefined;
  isUp = false;
  /** Will be taken away: nobody new comes here. */
  isLeaving = false;
  /** Has died: nothing runs on it, and nobody new comes here. */
  isDead = false;
  isGone = false;
  /** Grows whenever somebody comes or goes, so that a plan to release an empty node can see whether it still is. */
  changes = 0;
  private readonly requests = new Map<Tenant, number>();
  private used = 0;

  constructor(
    readonly number: number,
    readonly room: number,
    /** Of its region, from 0. */
    readonly zone = 0,
  ) {}

  get free(): number {
    return this.room - this.used;
  }

  get requested(): number {
    return this.used;
  }

  get isEmpty(): boolean {
    return this.requests.size === 0;
  }

  /** In order of their coming. */
  get tenants(): Tenant[] {
    return [...this.requests.keys()];
  }

  take(tenant: Tenant, request: number): void {
    if (request > this.free)
      throw new Error(`a node with ${this.free} thousandths free was given ${request}`);
    this.requests.set(tenant, request);
    this.used += request;
    this.changes += 1;
  }

  drop(tenant: Tenant): void {
    this.used -= this.requests.get(tenant) ?? 0;
    this.requests.delete(tenant);
    this.changes += 1;
  }
}
