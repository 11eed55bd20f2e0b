import type { MeterDefinition, MeterFamily, MeterKind } from '../metrics/index.ts';
import { meterId } from '../metrics/index.ts';
import { Histogram } from '../sim/statistics/histogram.ts';
import { Level } from '../sim/statistics/level.ts';
import type { MeasuredWindow } from './window.ts';

/** What a meter gives at the end of a run: `num / den` over `n` observations, with a histogram where it has one. */
export interface MeterReading {
  num: number;
  den: number;
  n: number;
  max?: number;
  hist?: Histogram;
  /** The run ended before it did: longer than any number. */
  censored?: boolean;
}

export interface Meter {
  openWindow(now: number): void;
  closeWindow(now: number): void;
  read(): MeterReading;
  /** From now on it is steady, or it is not: a fault is felt, and has not been recovered from. */
  turn(now: number, isSteady: boolean): void;
  /** Of the steady times alone; undefined where that cannot be told apart. */
  readSteady(): MeterReading | undefined;
}

/** Whether a meter listens only while the window is open, or to operations that its caller knows to be counted. */
export type Gating = 'window' | 'counted';

/** Every value counted. Values in SI units; +∞ for what never came. */
export class HistogramMeter implements Meter {
  private readonly steady = new Histogram();
  /** Of times that were not steady. */
  private other: Histogram | null = null;
  /** Which of the two counts now. */
  private histogram = this.steady;

  constructor(
    private readonly window: MeasuredWindow,
    private readonly gating: Gating,
  ) {}

  observe(value: number): void {
    if (this.gating === 'counted' || this.window.open) this.histogram.record(value);
  }

  turn(_now: number, isSteady: boolean): void {
    if (!isSteady) this.other ??= new Histogram();
    this.histogram = isSteady || this.other === null ? this.steady : this.other;
  }

  /** Takes in what another meter has counted: at the end of the window, for a whole whose parts are metered. */
  give(part: HistogramMeter): void {
    this.steady.merge(part.steady);
    if (part.other === null) return;
    this.other ??= new Histogram();
    this.other.merge(part.other);
  }

  openWindow(): void {}
  closeWindow(): void {}

  read(): MeterReading {
    const { other, steady } = this;
    if (other === null) return readingOf(steady);
    const all = new Histogram();
    all.merge(steady);
    all.merge(other);
    return readingOf(all);
  }

  readSteady(): MeterReading {
    return readingOf(this.steady);
  }
}

const readingOf = (histogram: Histogram): MeterReading => ({
  num: histogram.sum,
  den: histogram.count,
  n: histogram.count,
  max: histogram.infinite > 0 ? Number.POSITIVE_INFINITY : histogram.max,
  hist: histogram,
});

/** A number over time, weighted by how long it stood. */
export class LevelMeter implements Meter {
  private readonly level = new Level();
  private area = 0;
  private isClosed = false;
  private readonly unsteady = new Apart();

  constructor(private readonly window: MeasuredWindow) {}

  get current(): number {
    return this.level.value;
  }

  set(now: number, value: number): void {
    if (!this.isClosed) this.level.set(now, value);
  }

  add(now: number, change: number): void {
    this.set(now, this.level.value + change);
  }

  openWindow(now: number): void {
    this.level.reset(now);
    this.unsteady.reset();
  }

  closeWindow(now: number): void {
    this.area = this.level.integral(now);
    this.isClosed = true;
  }

  turn(now: number, isSteady: boolean): void {
    if (!this.isClosed) this.unsteady.turn(this.level.integral(now), isSteady);
  }

  read(): MeterReading {
    return { num: this.area, den: this.window.seconds, n: 1, max: this.level.max };
  }

  readSteady(): MeterReading {
    return { num: this.area - this.unsteady.of(this.area), den: this.window.steadySeconds, n: 1 };
  }
}

/** What a running sum gained in times that were not steady. */
class Apart {
  private gained = 0;
  /** The sum when it ceased to be steady; NaN while it is. */
  private mark = Number.NaN;

  turn(sum: number, isSteady: boolean): void {
    this.gained = this.of(sum);
    this.mark = isSteady ? Number.NaN : sum;
  }

  /** Of a sum that stands there now. */
  of(sum: number): number {
    return Number.isNaN(this.mark) ? this.gained : this.gained + sum - this.mark;
  }

  /** The sum begins at 0 again. */
  reset(): void {
    this.gained = 0;
    if (!Number.isNaN(this.mark)) this.mark = 0;
  }
}

/** Things that happened; as a `counter` with total and rate, as a `rate` a second. */
export class CountMeter implements Meter {
  private total = 0;
  private readonly unsteady = new Apart();
  /** Whether something was summed elsewhere, over all times. */
  private isGiven = false;

  constructor(
    private readonly window: MeasuredWindow,
    private readonly gating: Gating,
  ) {}

  count(times = 1): void {
    if (this.gating === 'counted' || this.window.open) this.total += times;
  }

  /** As `count`, but at the end of the window, for what was summed elsewhere. */
  give(times: number): void {
    this.total += times;
    this.isGiven = true;
  }

  openWindow(): void {}
  closeWindow(): void {}

  turn(_now: number, isSteady: boolean): void {
    this.unsteady.turn(this.total, isSteady);
  }

  read(): MeterReading {
    return { num: this.total, den: this.window.seconds, n: this.total };
  }

  readSteady(): MeterReading | undefined {
    if (this.isGiven) return undefined;
    const num = this.total - this.unsteady.of(this.total);
    return { num, den: this.window.steadySeconds, n: num };
  }
}

/** Σ part / Σ whole. */
export class RatioMeter implements Meter {
  private parts = 0;
  private wholes = 0;
  private observations = 0;
  private readonly unsteady = { parts: new Apart(), wholes: new Apart(), observations: new Apart() };
  private isGiven = false;

  constructor(
    private readonly window: MeasuredWindow,
    private readonly gating: Gating,
  ) {}

  observe(part: number, whole: number): void {
    if (this.gating === 'counted' || this.window.open) this.add(part, whole);
  }

  /** As `observe`, but at the end of the window, for what was summed elsewhere. */
  give(part: number, whole: number): void {
    this.add(part, whole);
    this.isGiven = true;
  }

  private add(part: number, whole: number): void {
    this.parts += part;
    this.wholes += whole;
    this.observations += 1;
  }

  openWindow(): void {}
  closeWindow(): void {}

  turn(_now: number, isSteady: boolean): void {
    this.unsteady.parts.turn(this.parts, isSteady);
    this.unsteady.wholes.turn(this.wholes, isSteady);
    this.unsteady.observations.turn(this.observations, isSteady);
  }

  read(): MeterReading {
    return { num: this.parts, den: this.wholes, n: this.observations };
  }

  readSteady(): MeterReading | undefined {
    if (this.isGiven) return undefined;
    const { parts, wholes, observations } = this.unsteady;
    return {
      num: this.parts - parts.of(this.parts),
      den: this.wholes - wholes.of(this.wholes),
      n: this.observations - observations.of(this.observations),
    };
  }
}

/** One number a run. */
export class ValueMeter implements Meter {
  private value = Number.NaN;

  set(value: number): void {
    this.value = value;
  }

  openWindow(): void {}
  closeWindow(): void {}
  turn(): void {}

  read(): MeterReading {
    const has = !Number.isNaN(this.value);
    return { num: has ? this.value : 0, den: has ? 1 : 0, n: has ? 1 : 0 };
  }

  readSteady(): undefined {
    return undefined;
  }
}

/** How long something took, once a run. */
export class DurationMeter implements Meter {
  private seconds = Number.NaN;
  private isCensored = false;

  /** @param isOver whether it had ended; else it was only seen for so long */
  set(seconds: number, isOver: boolean): void {
    this.seconds = seconds;
    this.isCensored = !isOver;
  }

  openWindow(): void {}
  closeWindow(): void {}
  turn(): void {}

  read(): MeterReading {
    if (Number.isNaN(this.seconds)) return { num: 0, den: 0, n: 0 };
    return { num: this.seconds, den: 1, n: 1, ...(this.isCensored && { censored: true }) };
  }

  readSteady(): undefined {
    return undefined;
  }
}

interface MeterOf {
  histogram: HistogramMeter;
  level: LevelMeter;
  counter: CountMeter;
  rate: CountMeter;
  ratio: RatioMeter;
  share: RatioMeter;
  value: ValueMeter;
  duration: DurationMeter;
  exact: ValueMeter;
}

/** Definitions by name, for `scopes` and, from the same object, for the meters of a run. */
export type MeterSet = Readonly<Record<string, Omit<MeterDefinition, 'metric'>>>;

export type MetersOf<S extends MeterSet> = { readonly [M in keyof S]: MeterOf[S[M]['kind']] };

/** The definitions of a set, for the catalog. */
export const definitionsOf = (set: MeterSet): MeterDefinition[] =>
  Object.entries(set).map(([metric, definition]) => ({ metric, ...definition }));

/** A family of meters out of a set, for the reference: who has them, and where not all do. */
export const familyOf = (of: string, set: MeterSet, where?: string): MeterFamily => ({
  of,
  meters: definitionsOf(set),
  ...(where === undefined ? {} : { where }),
});

/** Keeps a set's literal kinds, so that its meters are typed. */
export const meterSet = <const S extends MeterSet>(set: S): S => set;

/** All meters of one run, by the id of the meter. */
export class MeterBoard {
  readonly meters = new Map<string, Meter>();
  private disturbances = 0;

  constructor(private readonly window: MeasuredWindow) {}

  make<S extends MeterSet>(path: readonly string[], set: S, gating: Gating): MetersOf<S> {
    const made: Record<string, Meter> = {};
    for (const [metric, definition] of Object.entries(set)) {
      const id = meterId(path, metric);
      if (this.meters.has(id)) throw new Error(`two meters have the id ${id}`);
      const meter = this.meterOf(definition.kind, gating);
      this.meters.set(id, meter);
      made[metric] = meter;
    }
    return made as MetersOf<S>;
  }

  openWindow(now: number): void {
    for (const meter of this.meters.values()) meter.openWindow(now);
  }

  closeWindow(now: number): void {
    for (const meter of this.meters.values()) meter.closeWindow(now);
  }

  /** Something that leaves its mark has begun: what is metered from now on is not of steady times. */
  disturb(now: number): void {
    this.disturbances += 1;
    if (this.disturbances === 1) this.turn(now, false);
  }

  /** One of them is over and has settled. */
  calm(now: number): void {
    this.disturbances -= 1;
    if (this.disturbances === 0) this.turn(now, true);
  }

  private turn(now: number, isSteady: boolean): void {
    this.window.turn(now, isSteady);
    for (const meter of this.meters.values()) meter.turn(now, isSteady);
  }

  private meterOf(kind: MeterKind, gating: Gating): Meter {
    switch (kind) {
      case 'histogram':
        return new HistogramMeter(this.window, gating);
      case 'level':
        return new LevelMeter(this.window);
      case 'counter':
      case 'rate':
        return new CountMeter(this.window, gating);
      case 'ratio':
      case 'share':
        return new RatioMeter(this.window, gating);
      case 'duration':
        return new DurationMeter();
      case 'value':
      case 'exact':
        return new ValueMeter();
    }
  }
}
