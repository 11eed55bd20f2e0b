/**
 * How many calls of each consumer one call of a workload causes in the end, by region: directly, or through records
 * that other consumers publish while they process records.
 *
 * Rule: the calls x of all consumers solve x = d + M x, where d are the records that the workload's own passes publish
 * and M those that one call of a consumer in a region publishes. By iteration: as deep as the longest chain of
 * consumers, or for ever if every record causes at least one of its own kind (then it is cut off).
 * Cost: consumers² × steps, once a design.
 */
import type { Design } from '../design.ts';
import { Load } from '../load.ts';
import type { StepConfig } from '../step.ts';
import { allVerbs, walkSteps } from '../steps.ts';
import type { Traffic } from '../traffic.ts';
import type { ConsumerConfig } from './config.ts';
import { groupsOf, topicRegions } from './placement.ts';

/** Numbers by region. */
export type Rates = ReadonlyMap<string, number>;

/** A workload and the calls of one consumer that each call of it causes. */
export interface Causes {
  rateAt(instant: number): number;
  readonly calls: Rates;
}

/** A consumer with the regions of its topic, and those of them in which somebody reads. */
interface Reader {
  readonly name: string;
  readonly config: ConsumerConfig;
  readonly regions: readonly string[];
  readonly read: ReadonlySet<string>;
}

/** Calls of all consumers by name. */
type Calls = Map<string, Map<string, number>>;

const solved = new WeakMap<Design, Map<string, Causes[]>>();

/** What makes a consumer call, one entry a workload. */
export function causesOf(name: string, design: Design): readonly Causes[] {
  let all = solved.get(design);
  if (all === undefined) {
    all = solve(design);
    solved.set(design, all);
  }
  return all.get(name) ?? [];
}

function solve(design: Design): Map<string, Causes[]> {
  const load = new Load(design);
  const readers = design.entries<ConsumerConfig>('consumers').map(([name, config]): Reader => {
    const groups = groupsOf(config, design);
    const read = groups.filter(({ homes }) => homes.length > 0).map(({ region }) => region);
    return { name, config, regions: topicRegions(config, design), read: new Set(read) };
  });
  const published = new Map(readers.map((reader) => [reader, recordsByRegion(load, reader, readers)]));
  const causes = new Map(readers.map(({ name }): [string, Causes[]] => [name, []]));
  for (const { section, traffic } of load.callers) {
    if (section === 'consumers') continue;
    const direct = callsOf(load, traffic, readers);
    let calls = direct;
    for (let round = 0; round < mostRounds; round += 1) {
      const next = copyOf(direct);
      for (const [reader, byRegion] of published) {
        for (const [region, times] of calls.get(reader.name) ?? []) add(next, byRegion.get(region), times);
      }
      const isSettled = total(next) - total(calls) <= 1e-12 * total(next);
      calls = next;
      if (isSettled) break;
    }
    for (const [name, each] of calls) {
      causes.get(name)?.push({ rateAt: (instant) => traffic.rateAt(instant), calls: each });
    }
  }
  return causes;
}

const mostRounds = 200;

/** What one call of a consumer in each of its regions makes others (or itself) call. */
function recordsByRegion(
  load: Load,
  { config, read }: Reader,
  readers: readonly Reader[],
): Map<string, Calls> {
  const once = (region: string): Traffic => ({
    call: config.call.name,
    keys: [],
    callsPerCaller: 1,
    from: { [region]: 1 },
    rateAt: () => 1,
  });
  return new Map([...read].map((region) => [region, callsOf(load, once(region), readers)]));
}

/** Calls that each consumer makes for the records that one call of a caller publishes itself. */
function callsOf(load: Load, traffic: Traffic, readers: readonly Reader[]): Calls {
  const calls: Calls = new Map(readers.map(({ name }) => [name, new Map()]));
  for (const { operation, region, times } of load.passes(traffic)) {
    const steps = load.callable(operation)?.steps ?? [];
    for (const { name, config, regions, read } of readers) {
      const published = load.nearest(region, regions);
      // What is mirrored is read in one region, wherever it was published.
      const [there] = config.mirrored === false ? [published] : read;
      const records = times * recordsPerPass(config.topic.name, steps);
      if (there !== undefined && read.has(there) && records > 0) bump(calls.get(name), there, records);
    }
  }
  return calls;
}

/** Regions in which records of a consumer's topic may be published: where somebody stands who is called and publishes. */
export function publishedIn(config: ConsumerConfig, design: Design): ReadonlySet<string> {
  const load = new Load(design);
  const regions = topicRegions(config, design);
  const published = new Set<string>();
  for (const { traffic } of load.callers) {
    for (const { operation } of load.passes(traffic)) {
      const callable = load.callable(operation);
      if (callable === undefined || recordsPerPass(config.topic.name, callable.steps) === 0) continue;
      for (const place of callable.regions) {
        const there = load.nearest(place, regions);
        if (there !== undefined) published.add(there);
      }
    }
  }
  return published;
}

/** Records that one pass through an operation publishes to a topic. */
function recordsPerPass(topic: string, steps: readonly StepConfig[]): number {
  let records = 0;
  for (const { step, times } of walkSteps(steps)) {
    if (allVerbs().get(step.verb)?.publishes?.(step.options) === topic) records += times;
  }
  return records;
}

const copyOf = (calls: Calls): Calls => new Map([...calls].map(([name, rates]) => [name, new Map(rates)]));

function add(to: Calls, calls: Calls | undefined, times: number): void {
  for (const [name, rates] of calls ?? []) {
    for (const [region, rate] of rates) bump(to.get(name), region, times * rate);
  }
}

function bump(rates: Map<string, number> | undefined, region: string, by: number): void {
  rates?.set(region, (rates.get(region) ?? 0) + by);
}

const total = (calls: Calls): number => [...calls.values()].reduce((whole, rates) => whole + sum(rates), 0);

export const sum = (rates: Rates): number => [...rates.values()].reduce((whole, each) => whole + each, 0);
