import { ownerOf } from '../../metrics/index.ts';
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
import { pointOf } from './point-of.ts';
import { type Found, searchLimit } from './search.ts';

export interface LimitSettings {
  readonly file: string;
  readonly version: string;
  readonly seed?: number;
  readonly runs?: number;
  /** Default: four times `runs`, or `run.maxRuns` where that is more. */
  readonly maxRuns?: number;
  readonly sets?: readonly string[];
  /** Workloads whose load grows; absent: all. */
  readonly of?: readonly string[];
  readonly pool: RunSource;
  readonly progress?: (what: string, run: number, share: number, runs: number) => void;
}

/** Within this share the largest load is known. */
const width = 0.02;
const growth = 1.25;
const [least, most] = [1 / 128, 1024];
/** Shares of the largest load that are tried too: for the curve, and since needs need not be monotone in the load. */
const below = [0.25, 0.5, 0.75];
/** Changes that are tried where the load is too much. */
const mostLifts = 4;

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
  private readonly failing = new Map<number, Result>();

  constructor(
    private readonly scenario: Scenario,
    private readonly settings: LimitSettings,
  ) {
    const { run } = scenario.design;
    const needs = scenario.targets.filter(({ level }) => level === 'fail');
    this.asked = { hasNeeds: needs.length > 0, notBelow: amounts(scenario) };
    this.before = loadBounds(scenario.design).map((bound) => ({ ...bound, by: 'closed form' }));
    this.runs = settings.runs ?? run.runs;
    this.maxRuns = settings.maxRuns ?? Math.max(4 * this.runs, run.maxRuns ?? 0);
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

  private get seed(): number {
    return this.settings.seed ?? this.scenario.design.run.seed;
  }

  /** What is full first, as the scenario or a run at its own load tells; only where all load grows. */
  private get bound(): CapacityBound | undefined {
    const { base, settings } = this;
    if (settings.of !== undefined) return undefined;
    const seen = base === undefined ? [] : capacityBounds(base);
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
    const result = await this.simulate(changed.scenario, `${factor}×`);
    if (factor === 1) this.base = result;
    const state = stateAt(result, factor, this.asked);
    if (state !== 'holds') this.failing.set(factor, result);
    this.points.set(
      factor,
      pointOf(result, factor, loadSets(this.scenario.design, factor, this.settings.of), state),
    );
    return state;
  }

  private changed(factor: number, more: readonly string[]): { scenario: Scenario } | { why: string } {
    const { design, text } = this.scenario;
    const sets = [...loadSets(design, factor, this.settings.of), ...more];
    const { scenario, problems } = parseScenario(this.settings.file, () => text, sets);
    return scenario === undefined ? { why: problems.map(({ message }) => message).join('; ') } : { scenario };
  }

  private async simulate(scenario: Scenario, what: string): Promise<Result> {
    const { file, version, pool, progress } = this.settings;
    const { result } = await runScenario(scenario, {
      file,
      version,
      pool,
      seed: this.seed,
      runs: this.runs,
      maxRuns: this.maxRuns,
      progress: (run, share, runs) => progress?.(what, run, share, runs),
    });
    return result;
  }

  /** Why the load can grow no more: from the least load above the largest good one that does not hold. */
  private async breaking({ low, high }: Found): Promise<Breaking | undefined> {
    const factors = [...this.failing.keys()].filter((factor) => factor > low).sort((a, b) => a - b);
    const factor = high ?? factors[0];
    const result = factor === undefined ? undefined : this.failing.get(factor);
    if (factor === undefined || result === undefined) return undefined;
    const needs = needsAt(result, factor, this.asked);
    const broken = needs.filter(({ status }) => status === 'fail' || status === 'no-data');
    const open = needs.filter(({ status }) => status === 'inconclusive');
    const targets = [...(broken.length > 0 ? broken : open)].sort((a, b) => marginOf(a) - marginOf(b));
    const station = stationToBlame(result, targets, result.loadReasons);
    return {
      factor,
      targets,
      loadReasons: result.loadReasons,
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
      const result = await this.simulate(changed.scenario, `${factor}× with ${set}`);
      lifts.push({ set, from, to, state: stateAt(result, factor, this.asked) });
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
