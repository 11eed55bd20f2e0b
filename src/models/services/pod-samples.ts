/**
 * What an autoscaler is told of the pods' use, as metrics-server collects it.
 *
 * Rule: every resolution the counters of all pods are read; a sample is the mean over the time between the last two
 * readings. A pod that was read once has a sample over its whole life if that is 10 s or more and less than a
 * resolution, else none yet.
 * Source: kubernetes-sigs/metrics-server 0.6, pkg/storage/pod.go. Differs: all pods are read at one instant, and
 * requests a second come in the same way as CPU. Cost: a pass over the pods each resolution.
 */
import type { PodReading } from '../algorithms/scaling/metric-reading.ts';
import type { Instance } from './instance.ts';
import type { Member } from './member.ts';

/** The least life of a pod, in nanoseconds, over which its use is believed. */
const leastLife = 10e9;

export interface Sample {
  /** Instant of the later reading. */
  readonly at: number;
  /** Nanoseconds between the readings. */
  readonly window: number;
  /** Cores, and requests a second. */
  readonly cores: number;
  readonly requests: number;
}

interface Counters {
  readonly at: number;
  /** Core-nanoseconds since the pod started. */
  readonly work: number;
  readonly requests: number;
  readonly sample: Sample | undefined;
}

export class PodSamples {
  private readonly last = new Map<Instance, Counters>();

  /** @param resolution nanoseconds between two scrapes */
  constructor(private readonly resolution: number) {}

  /** Reads the counters of all pods that have started; forgets those that are gone. */
  scrape(now: number, members: readonly Member[]): void {
    const before = new Map(this.last);
    this.last.clear();
    for (const { instance, startedAt } of members) {
      if (!instance?.alive) continue;
      const read = { at: now, work: instance.coreTicksUsed(now), requests: instance.arrivals };
      const life = now - startedAt;
      const isFresh = life >= leastLife && life < this.resolution;
      const from = isFresh ? { at: startedAt, work: 0, requests: 0 } : before.get(instance);
      this.last.set(instance, { ...read, sample: from && between(from, read) });
    }
  }

  sampleOf(instance: Instance): Sample | undefined {
    return this.last.get(instance)?.sample;
  }
}

type Read = Omit<Counters, 'sample'>;

const between = (from: Read, to: Read): Sample => ({
  at: to.at,
  window: to.at - from.at,
  cores: (to.work - from.work) / (to.at - from.at),
  requests: ((to.requests - from.requests) / (to.at - from.at)) * 1e9,
});

/** A pod as the controller sees it; `use` is its sample in the metric's unit. */
export function podReading(
  { instance, startedAt, readyAt, isReady }: Member,
  sample: Sample | undefined,
  use: (sample: Sample) => number,
  request?: number,
): PodReading {
  if (instance === undefined) return { phase: 'Pending', ready: false, request };
  return {
    phase: 'Running',
    ready: isReady,
    startedAt,
    readyChangedAt: Number.isNaN(readyAt) ? startedAt : readyAt,
    ...(sample === undefined
      ? {}
      : { usage: use(sample), sampledAt: sample.at, sampleWindow: sample.window }),
    ...(request === undefined ? {} : { request }),
  };
}
