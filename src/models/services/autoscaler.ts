import { toTicks } from '../../sim/clock.ts';
import type { Random } from '../../sim/random/streams.ts';
import { hpaFixedPoint } from '../algorithms/scaling/fixed-point.ts';
import { hpa } from '../algorithms/scaling/hpa.ts';
import { type HpaMetric, hpaSyncPeriodSeconds, resolveHpaSpec } from '../algorithms/scaling/hpa-spec.ts';
import type { HpaState } from '../algorithms/scaling/hpa-state.ts';
import type { MetricReading } from '../algorithms/scaling/metric-reading.ts';
import type { MetersOf } from '../meters.ts';
import type { AutoscaleConfig } from './autoscale-config.ts';
import type { FleetLoad } from './expected-load.ts';
import type { Fleet } from './fleet.ts';
import { specOf } from './manifest.ts';
import type { scalingMeters } from './metrics.ts';
import { PodSamples, podReading, type Sample } from './pod-samples.ts';
import { whyScaled } from './why-scaled.ts';

/** One look of the autoscaler, for whoever wants to check it: what it saw, and what it asked for. */
export interface Look {
  readonly now: number;
  readonly currentReplicas: number;
  readonly readings: readonly MetricReading[];
  readonly desired: number;
}

/**
 * Scales the fleet of a region as Kubernetes' HorizontalPodAutoscaler would: use is collected every `scrape`, looked at
 * every 15 s, and both timers stand where they happen to stand when the run starts.
 */
export class Autoscaler {
  private readonly look;
  private readonly metrics: readonly HpaMetric[];
  private readonly samples: PodSamples;
  private state: HpaState | undefined;
  private isAtMost = false;

  constructor(
    readonly fleet: Fleet,
    private readonly config: AutoscaleConfig,
    private readonly meters: readonly MetersOf<typeof scalingMeters>[],
    private readonly phases: Random,
    private readonly watch?: (look: Look) => void,
  ) {
    const spec = specOf(config.manifest);
    this.look = hpa(spec);
    this.metrics = resolveHpaSpec(spec).metrics;
    this.samples = new PodSamples(toTicks(config.scrape));
  }

  /** Begins to collect and to look. */
  start(): void {
    const { scrape } = this.config;
    this.every(toTicks(scrape), () => this.samples.scrape(this.now, this.fleet.members));
    this.every(toTicks(hpaSyncPeriodSeconds), () => this.decide());
  }

  private every(period: number, act: () => void): void {
    const { agenda } = this.fleet.model;
    const fire = () => {
      act();
      agenda.after(period, { fire });
    };
    agenda.after(Math.round(this.phases() * period), { fire });
  }

  private get now(): number {
    return this.fleet.model.wiring.simulation.now;
  }

  private decide(): void {
    const { now, fleet } = this;
    if (fleet.darkness.isTotal) {
      this.state = undefined;
      return;
    }
    const facts = {
      now,
      currentReplicas: fleet.size,
      readings: this.metrics.map((metric) => this.readingOf(metric)),
    };
    const { state, desired, reasons } = this.look(this.state, facts);
    this.state = state;
    this.watch?.({ ...facts, desired });
    const isRefused = reasons.limited && reasons.limit === 'TooManyReplicas';
    if (isRefused) for (const { scalingRefused } of this.meters) scalingRefused.count();
    const why = whyScaled(this.metrics, reasons);
    if (isRefused && !this.isAtMost) this.note(`${desired} at most: ${why}`);
    this.isAtMost = isRefused;
    if (desired === fleet.size) return;
    this.note(`${fleet.size} → ${desired}: ${why}`, [fleet.size, desired]);
    for (const { scaleUps, scaleDowns } of this.meters)
      (desired > fleet.size ? scaleUps : scaleDowns).count();
    fleet.scale(desired);
  }

  private note(what: string, change?: readonly [number, number]): void {
    const { model, region } = this.fleet;
    model.wiring.timeline.note(this.now, `services.${model.name}`, `${region} ${what}`, {
      sort: 'scaling',
      ...(change !== undefined && { as: `${region} scales`, change }),
    });
  }

  private readingOf(metric: HpaMetric): MetricReading {
    const { members, model } = this.fleet;
    const isCpu = metric.type === 'Resource';
    const use = isCpu ? ({ cores }: Sample) => cores : ({ requests }: Sample) => requests;
    const pods = members.map((member) => {
      const sample = member.instance && this.samples.sampleOf(member.instance);
      return podReading(member, sample, use, isCpu ? model.coreRequest : undefined);
    });
    return { pods };
  }
}

/** Instances that an autoscaler settles at under a load that stays; no instance uses more than its cores. */
export function settledSize(
  { manifest }: AutoscaleConfig,
  load: FleetLoad,
  cpu: { readonly request: number; readonly limit: number },
): number {
  const spec = specOf(manifest);
  const { metrics } = resolveHpaSpec(spec);
  const readingsAt = (readyPods: number): MetricReading[] =>
    metrics.map((metric) =>
      metric.type === 'Resource'
        ? {
            readyPods,
            totalUsage: Math.min(load.cores, readyPods * cpu.limit),
            totalRequest: readyPods * cpu.request,
          }
        : { readyPods, totalUsage: load.calls },
    );
  return hpaFixedPoint(spec, readingsAt).replicas;
}
