import { ownerOf } from '../../metrics/index.ts';
import { startOf } from '../../models/assemble.ts';
import { loadBounds } from '../../models/capacity-bounds.ts';
import type { Design } from '../../models/design.ts';
import { leversOf } from '../../models/levers.ts';
import { loadSets } from '../../models/load-factor.ts';
import { parseScenario, type Scenario } from '../../models/parse.ts';
import {
  type Breaking,
  type CapacityBound,
  type Lift,
  type Limit,
  type LimitPoint,
  limitFormat,
  type PointState,
  type Result,
} from '../../result/index.ts';
import { settingText } from '../../scenario/index.ts';
import type { RunSource } from '../run-pool.ts';
import { runScenario } from '../run-scenario.ts';
import { scenarioHead } from '../scenario-head.ts';
import { stationToBlame } from './blame.ts';
import { capacityBounds } from './capacity-bounds.ts';
import { type Asked, needsAt, stateAt } from './judge-point.ts';
import { kneeOf } from './knee.ts';
import { boundsOfGrowth } from './load-bounds-of.ts';
import { isOverfull } from './overfull.ts';
import { pointOf } from './point-of.ts';
import { type Found, probesLeft, searchLimit } from './search.ts';
import { shorterRun } from './shorter-run.ts';

export interface LimitSettings {
  readonly file: string;
  readonly version: string;
  readonly seed?: number;
  readonly runs?: number;
  /** Default: twice `runs`, or `run.maxRuns` where that is more. */
  readonly maxRuns?: number;
  readonly sets?: readonly string[];
  /** Workloads whose load grows; absent: all. */
  readonly of?: readonly string[];
  /** Whether runs are as long as the scenario asks for, however many operations that makes. */
  readonly isWhole?: boolean;
  readonly pool: RunSource;
  /** @param loadsLeft loads that are to be tried after this one, about */
  readonly progress?: (what: string, run: number, share: number, runs: number, loadsLeft: number) => void;
}

/** Within this share the largest load is known. */
const width = 0.02;
const growth = 1.25;
const [least, most] = [1 / 128, 1024];
/** Shares of the largest load that are tried too: for the curve, and since needs need not be monotone in the load. */
const below = [0.25, 0.5, 0.75];
/** Changes that are tried where the load is too much. */
const mostLifts = 4;
/** Operations that a run measures at most, unless it is to be whole: of so many the slowest 1% are 500. */
const mostOperations = 50_000;
/** Runs that tell what is far from every limit. */
const firstLook = 2;

/** How far the load of a scenario can grow until the first need breaks, by simulating it at ever closer loads. */
export async function findLimit(scenario: Scenario, settings: LimitSettings): Promise<Limit> {
  return new LimitStudy(scenario, settings).limit();
}

class LimitStudy {
  private readonly points = new Map<number, LimitPoint>();
  private readonly skipped: { factor: number; why: string }[] = [];
  private readonly asked: Asked;
  private readonly runs: number;
  private readonly maxRuns: number;
  /** What is known before any run. */
  private readonly before: readonly CapacityBound[];
  private base: Result | undefined;
  /** The last result at each load that did not hold. */
  private readonly failing = new Map<number, { result: Result; full: CapacityBound | undefined }>();

  constructor(
    private readonly scenario: Scenario,
    private readonly settings: LimitSettings,
  ) {
    const { run } = scenario.design;
    const needs = scenario.targets.filter(({ level }) => level === 'fail');
    this.asked = { hasNeeds: needs.length > 0, notBelow: amounts(scenario) };
    this.before = boundsOfGrowth((factor) => this.designAt(factor));
    this.runs = settings.runs ?? run.runs;
    this.maxRuns = settings.maxRuns ?? Math.max(2 * this.runs, run.maxRuns ?? 0);
  }

  async limit(): Promise<Limit> {
    const { scenario, settings } = this;
    const found = await searchLimit((factor) => this.ask(factor), {
      width,
      growth,
      least,
      most,
      below,
      bound: () => this.bound?.atMost,
    });
    const points = [...this.points.values()].sort((a, b) => a.factor - b.factor);
    const breaks = await this.breaking(found);
    const knee = this.knee(points);
    return {
      format: limitFormat,
      version: settings.version,
      scenario: scenarioHead(scenario, settings),
      seed: this.seed,
      runs: this.runs,
      maxRuns: this.maxRuns,
      mostOperations: settings.isWhole ? null : mostOperations,
      ...(settings.of === undefined ? {} : { of: settings.of }),
      headroom: { value: found.low, low: found.low, high: found.high ?? null },
      asked: this.asked.hasNeeds ? 'needs' : 'keeps-up',
      notAskedBelow: [...this.asked.notBelow],
      ...(this.bound === undefined ? {} : { bound: this.bound }),
      ...(breaks === undefined ? {} : { breaks }),
      holes: points
        .filter(({ factor, state }) => factor < found.low && state === 'fails')
        .map(({ factor }) => factor),
      skipped: this.skipped,
      ...(knee === undefined ? {} : { knee }),
      points,
    };
  }

  private get states(): ReadonlyMap<number, PointState> {
    return new Map([...this.points].map(([factor, { state }]) => [factor, state]));
  }

  private get seed(): number {
    return this.settings.seed ?? this.scenario.design.run.seed;
  }

  /** What is full first, as the scenario or, where all load grows, a run at its own load tells. */
  private get bound(): CapacityBound | undefined {
    const { base, settings } = this;
    const seen = base === undefined || settings.of !== undefined ? [] : capacityBounds(base);
    return [...this.before, ...seen].reduce<CapacityBound | undefined>(
      (least, bound) => (least === undefined || bound.atMost < least.atMost ? bound : least),
      undefined,
    );
  }

  private async ask(factor: number): Promise<PointState> {
    const changed = this.changed(factor, []);
    if ('why' in changed) {
      this.skipped.push({ factor, why: changed.why });
      return 'undecided';
    }
    const { scenario, sets } = changed;
    const full = this.fullAt(factor, scenario);
    const result = await this.simulate(scenario, factor, full);
    if (factor === 1) this.base = result;
    const state = this.stateOf(result, factor, full);
    if (state !== 'holds') this.failing.set(factor, { result, full });
    this.points.set(factor, pointOf(result, factor, sets, state, full));
    return state;
  }

  private stateOf(result: Result, factor: number, full: CapacityBound | undefined): PointState {
    return isOverfull(result, factor, full) ? 'fails' : stateAt(result, factor, this.asked);
  }

  /** What this load asks for more than it can do; undefined where there is no such thing. */
  private fullAt(
    factor: number,
    { design }: Scenario,
    more: readonly string[] = [],
  ): CapacityBound | undefined {
    if ((loadBounds(design)[0]?.atMost ?? Number.POSITIVE_INFINITY) > 1 + 1e-9) return undefined;
    // Of the very stretch of the run that is simulated: another may have less to do.
    const { duration, warmUp } = design.run;
    const stretch = [
      `run.start=${new Date(startOf(design) * 1000).toISOString()}`,
      `run.duration=${duration}s`,
    ];
    const warm = warmUp === undefined ? [] : [`run.warmUp=${warmUp}s`];
    return boundsOfGrowth((at) => this.designAt(at, [...more, ...stretch, ...warm]), factor / 2)[0];
  }

  private designAt(factor: number, more: readonly string[] = []): Design | undefined {
    const changed = this.read([...loadSets(this.scenario.design, factor, this.settings.of), ...more]);
    return 'why' in changed ? undefined : changed.scenario.design;
  }

  /** The scenario at a factor of the load and with more changes, its run no longer than need be. */
  private changed(
    factor: number,
    more: readonly string[],
  ): { scenario: Scenario; sets: readonly string[] } | { why: string } {
    const sets = [...loadSets(this.scenario.design, factor, this.settings.of), ...more];
    const whole = this.read(sets);
    if ('why' in whole) return whole;
    const shorter = this.settings.isWhole ? [] : shorterRun(whole.scenario.design, mostOperations);
    const read = shorter.length === 0 ? whole : this.read([...sets, ...shorter]);
    return 'why' in read ? read : { scenario: read.scenario, sets: [...sets, ...shorter] };
  }

  private read(sets: readonly string[]): { scenario: Scenario } | { why: string } {
    const { scenario, problems } = parseScenario(this.settings.file, () => this.scenario.text, sets);
    return scenario === undefined ? { why: problems.map(({ message }) => message).join('; ') } : { scenario };
  }

  /** So many runs as tell whether this load holds, with something changed perhaps. */
  private async simulate(
    scenario: Scenario,
    factor: number,
    full: CapacityBound | undefined,
    change?: string,
  ): Promise<Result> {
    const { file, version, pool, progress } = this.settings;
    const what = `${factor}×${change === undefined ? '' : ` with ${change}`}`;
    const left = probesLeft(this.states, { width, bound: this.bound?.atMost }) + below.length + mostLifts;
    const { result } = await runScenario(scenario, {
      file,
      version,
      pool,
      seed: this.seed,
      runs: this.runs,
      maxRuns: this.maxRuns,
      firstLook,
      isDecided: (found) => this.stateOf(found, factor, full) !== 'undecided',
      progress: (run, share, runs) => progress?.(what, run, share, runs, left),
    });
    return result;
  }

  /** Why the load can grow no more: from the least load above the largest good one that does not hold. */
  private async breaking({ low, high }: Found): Promise<Breaking | undefined> {
    const factors = [...this.failing.keys()].filter((factor) => factor > low).sort((a, b) => a - b);
    const factor = high ?? factors[0];
    const failing = factor === undefined ? undefined : this.failing.get(factor);
    if (factor === undefined || failing === undefined) return undefined;
    const { full, result } = failing;
    const needs = needsAt(result, factor, this.asked);
    const broken = needs.filter(({ status }) => status === 'fail' || status === 'no-data');
    const open = full === undefined ? needs.filter(({ status }) => status === 'inconclusive') : [];
    const targets = [...(broken.length > 0 ? broken : open)].sort((a, b) => marginOf(a) - marginOf(b));
    const station = stationToBlame(result, targets, result.loadReasons, full);
    return {
      factor,
      targets,
      loadReasons: result.loadReasons,
      ...(full === undefined ? {} : { full }),
      ...(station === undefined ? {} : { station }),
      lifts:
        low > 0 ? await this.lifts(factor, [station?.station ?? [], targets[0]?.metric ?? []].flat()) : [],
    };
  }

  /** Whether the design holds at a load that is too much, with one thing changed at a time. */
  private async lifts(factor: number, ids: readonly string[]): Promise<Lift[]> {
    const owners = [...new Set(ids.map(ownerOf))];
    const levers = owners.flatMap((id) => leversOf(this.scenario.design as Design, id)).slice(0, mostLifts);
    const lifts: Lift[] = [];
    for (const { path, from, to } of levers) {
      const set = settingText(path, to);
      const changed = this.changed(factor, [set]);
      if ('why' in changed) continue;
      const full = this.fullAt(factor, changed.scenario, [set]);
      const result = await this.simulate(changed.scenario, factor, full, set);
      lifts.push({ set, from, to, state: this.stateOf(result, factor, full) });
    }
    return lifts;
  }

  /** Of the caller with the most throughput at the scenario's own load. */
  private knee(points: readonly LimitPoint[]): Limit['knee'] {
    const rates = Object.entries(this.points.get(1)?.callers ?? {});
    const [main] = rates.sort(([, a], [, b]) => (b.throughput ?? 0) - (a.throughput ?? 0));
    if (main === undefined) return undefined;
    const [caller] = main;
    const factor = kneeOf(
      points.flatMap(({ factor, load, callers: { [caller]: each } }) => {
        const { throughput, mean } = each;
        if (load !== 'stable' || !throughput || !mean.value) return [];
        return [{ factor, throughput, latency: mean.value }];
      }),
    );
    return factor === undefined ? undefined : { caller, factor };
  }
}

const marginOf = ({ margin }: { readonly margin: number | null }): number =>
  margin ?? Number.NEGATIVE_INFINITY;

/** Metrics of needs that ask for so much a second, or so many: less load cannot have them. */
const amounts = ({ targets }: Scenario): Set<string> =>
  new Set(
    targets
      .filter(({ level }) => level === 'fail')
      .flatMap(({ resolved }) => resolved)
      .filter(
        ({ operator, entry: { unit } }) => operator.startsWith('>') && (unit === 'rate' || unit === 'count'),
      )
      .map(({ entry: { id } }) => id),
  );
