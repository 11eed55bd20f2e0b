import { Line } from '../../sim/stations/line.ts';
import type { ReplicaFetch } from './replica-fetch.ts';

/** One broker: appends what producers send and what its followers' fetches bring, one request after another. */
export class Broker {
  readonly line = new Line(1);
  /** The fetches that other brokers have waiting here, by the follower's number. */
  readonly fetches: (ReplicaFetch | undefined)[] = [];

  constructor(
    readonly number: number,
    readonly zone: number,
  ) {}
}
