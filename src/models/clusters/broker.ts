import { Line } from '../../sim/stations/line.ts';
import type { Turn } from '../milestones.ts';
import type { ReplicaFetch } from './replica-fetch.ts';

/** One broker: appends what producers send and what its followers' fetches bring, one request after another. */
export class Broker {
  readonly line = new Line(1);
  /** The fetches that other brokers have waiting here, by the follower's number. */
  readonly fetches: (ReplicaFetch | undefined)[] = [];
  isAlive = true;
  /** It has died with its machine: no connection is closed, and clients find out by waiting. */
  isSilent = false;
  /** Whether the controller takes it for dead. */
  isFenced = false;
  /** What it died of, and what brought it back. */
  causeOfDeath: Turn | undefined;
  causeOfReturn: Turn | undefined;
  /** Faults that keep it from running. */
  outages = 0;
  /** Whether its disk is lost when it comes back. */
  isDestroyed = false;
  /** How many times longer than usual it takes for an append. */
  slowness = 1;

  constructor(
    readonly number: number,
    readonly zone: number,
  ) {}
}
