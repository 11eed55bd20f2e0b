import { growthAt } from '../../models/algorithms/growth/growth-curve.ts';
import { loadSets } from '../../models/load-factor.ts';
import type { ParsedScenario, Scenario } from '../../models/parse.ts';
import { phasesBy, waitingFor } from '../../models/roadmap-settings.ts';
import {
  type Result,
  type RoadmapCourse,
  type RoadmapPoint,
  type RoadmapReport,
  roadmapFormat,
} from '../../result/index.ts';
import { stateAt } from '../limit/judge-point.ts';
import type { RunSource } from '../run-pool.ts';
import { runScenario } from '../run-scenario.ts';
import { scenarioHead } from '../scenario-head.ts';

export interface RoadmapSettings {
  readonly file: string;
  readonly version: string;
  readonly sets?: readonly string[];
  readonly seed?: number;
  readonly runs?: number;
  /** Months to look at. Default: every month from 0 to the last that the scenario speaks of. */
  readonly months?: readonly number[];
  readonly pool: RunSource;
  /** The scenario once phases have come, with changes as on the command line. */
  readonly parse: (sets: readonly string[], phases?: readonly string[]) => ParsedScenario;
  /** Told of what is under way: months done so far of this many at most. */
  readonly progress?: (done: number, share: number, atMost: number) => void;
}

/** Every month from 0 to the last that growth or phases speak of. */
export function monthsOf({ roadmap: { growth, phases } }: Scenario): number[] {
  const named = [
    ...(growth?.load ?? []).map(({ month }) => month),
    ...Object.values(phases).map(({ month }) => month),
  ];
  return Array.from({ length: Math.ceil(Math.max(0, ...named)) + 1 }, (_, month) => month);
}

/**
 * Runs each month's design under that month's load: all phases on time; none of them; and each of them slipping, with those
 * that wait for it, from when it is due until the first month that fails. All with the same draws. A design that meets the
 * same load twice is run once.
 */
export async function runRoadmap(base: Scenario, settings: RoadmapSettings): Promise<RoadmapReport> {
  const { roadmap } = base;
  const months = settings.months ?? monthsOf(base);
  const names = phasesBy(roadmap, Number.POSITIVE_INFINITY);
  const run = new MonthRunner(base, settings, months.length * (2 + names.length));
  const onTime: RoadmapPoint[] = [];
  for (const month of months) onTime.push(await run.point(month, new Set()));
  const courses: RoadmapCourse[] = [];
  if (names.length > 0)
    courses.push({ without: names, points: await untilFailure(run, months, new Set(names)) });
  for (const slips of names) {
    const { month: due } = roadmap.phases[slips];
    const without = waitingFor(roadmap, slips);
    const points = await untilFailure(
      run,
      months.filter((month) => month >= due),
      without,
    );
    courses.push({ slips, without: names.filter((name) => without.has(name)), due, points });
  }
  return {
    format: roadmapFormat,
    version: settings.version,
    scenario: scenarioHead(base, settings),
    seed: run.seed,
    runs: run.runs,
    curve: roadmap.growth?.curve ?? 'exponential',
    asked: base.targets.some(({ level }) => level === 'fail') ? 'needs' : 'keeps-up',
    phases: names.map((name) => {
      const { month, title } = roadmap.phases[name];
      return { name, ...(title === undefined ? {} : { title }), month };
    }),
    onTime,
    courses,
    units: run.units,
  };
}

async function untilFailure(
  run: MonthRunner,
  months: readonly number[],
  without: ReadonlySet<string>,
): Promise<RoadmapPoint[]> {
  const points: RoadmapPoint[] = [];
  for (const month of months) {
    const point = await run.point(month, without);
    points.push(point);
    if (point.state === 'fails') break;
  }
  return points;
}

/** Runs months, each once. */
class MonthRunner {
  readonly seed: number;
  readonly runs: number;
  private readonly maxRuns: number;
  readonly units: Record<string, Result['metrics'][string]['unit']> = {};
  private readonly points = new Map<string, RoadmapPoint>();

  constructor(
    private readonly base: Scenario,
    private readonly settings: RoadmapSettings,
    private readonly atMost: number,
  ) {
    this.seed = settings.seed ?? base.design.run.seed;
    const { runs, maxRuns } = base.design.run;
    this.runs = settings.runs ?? runs;
    this.maxRuns = settings.runs ?? Math.max(runs, maxRuns ?? runs);
  }

  async point(month: number, without: ReadonlySet<string>): Promise<RoadmapPoint> {
    const phases = phasesBy(this.base.roadmap, month).filter((name) => !without.has(name));
    const key = `${month} ${phases.join(' ')}`;
    const point = this.points.get(key) ?? (await this.runMonth(month, phases));
    this.points.set(key, point);
    return point;
  }

  private async runMonth(month: number, phases: readonly string[]): Promise<RoadmapPoint> {
    const { base, settings } = this;
    const { growth } = base.roadmap;
    const known = growth?.load.map(({ month: at, factor: value }) => ({ at, value })) ?? [
      { at: 0, value: 1 },
    ];
    const factor = growthAt(known, growth?.curve ?? 'exponential', month);
    const scenario = this.scenarioOf(phases, factor);
    const { result } = await runScenario(scenario, {
      file: settings.file,
      version: settings.version,
      pool: settings.pool,
      seed: this.seed,
      runs: this.runs,
      maxRuns: this.maxRuns,
      progress: (_, share) => settings.progress?.(this.points.size, share, this.atMost),
    });
    for (const { metric } of result.targets) {
      const unit = result.metrics[metric]?.unit;
      if (unit !== undefined) this.units[metric] = unit;
    }
    return pointOf(result, {
      month,
      factor,
      phases,
      hasNeeds: scenario.targets.some(({ level }) => level === 'fail'),
    });
  }

  /** Its load grows from what it is once the phases have come: they may bring workloads of their own. */
  private scenarioOf(phases: readonly string[], factor: number): Scenario {
    const { parse, sets = [] } = this.settings;
    const bare = parse(sets, phases).scenario as Scenario;
    const scaled = parse([...sets, ...loadSets(bare.design, factor)], phases).scenario;
    if (scaled === undefined) throw new Error('a scenario stands, and not with its load scaled');
    return scaled;
  }
}

function pointOf(
  result: Result,
  about: Pick<RoadmapPoint, 'month' | 'factor' | 'phases'> & { readonly hasNeeds: boolean },
): RoadmapPoint {
  const { hasNeeds, ...facts } = about;
  const { bottlenecks, cost, fingerprint, load, loadReasons, runs, scenario, targets } = result;
  const [fullest] = bottlenecks;
  return {
    ...facts,
    hash: scenario.hash,
    state: stateAt(result, 1, { hasNeeds, notBelow: new Set() }),
    runs,
    load,
    loadReasons,
    targets,
    ...(fullest === undefined
      ? {}
      : {
          fullest: {
            station: fullest.station,
            ...(fullest.of === undefined ? {} : { of: fullest.of }),
            utilization: fullest.utilization,
          },
        }),
    cost: cost.month,
    fingerprint,
  };
}
