import type {
  Breaking,
  CallerAtLoad,
  CapacityBound,
  Limit,
  LimitPoint,
  PointState,
  StationAtLoad,
  TargetResult,
} from '../../result/index.ts';
import { type Dimension, formatQuantity } from '../../units/index.ts';
import { Names } from '../reading/names.ts';
import { shellText } from '../reading/next-steps.ts';
import { partOfStation } from '../reading/station-part.ts';
import { noQuorumText } from '../reading/verdict-facts.ts';

/** A limit's own document has no topology: things are called by their names alone. */
const names = new Names({ topology: { regions: [], nodes: [] }, callers: [] });

/** `1.42×`; more digits than two decimals say something only of small factors. */
export const factorText = (factor: number): string =>
  factor >= 10 ? `${Number(factor.toPrecision(3))}×` : `${factor.toFixed(factor < 0.1 ? 3 : 2)}×`;

/** `holds at 1.42×, fails at 1.46×, 95%, if monotone between`. */
export function headline({ headroom: { low, high }, points, holes }: Limit): string {
  const tried = points.map(({ factor }) => factor);
  if (low === 0)
    return `holds at no load that was tried, down to ${factorText(Math.min(...tried))}: load is not what breaks it`;
  const holds = `holds at ${factorText(low)}`;
  if (high === null) return `${holds}, and at every load that was tried: no limit was found`;
  const between = points.some(({ factor, state }) => factor > low && factor < high && state === 'undecided');
  const open = between ? '; undecided between them, more runs would tell (--max-runs)' : '';
  return `${holds}, fails at ${factorText(high)}, 95%, if monotone ${holes.length > 0 ? 'above' : 'between'}${open}`;
}

/** `holds at 1.42×, fails at 1.46×`, for a title. */
export function brief({ headroom: { low, high } }: Limit): string {
  const fails = high === null ? 'fails at no load that was tried' : `fails at ${factorText(high)}`;
  return low === 0 ? fails : `holds at ${factorText(low)}, ${fails}`;
}

/** How good that is, for a colour. */
export const lookOf = ({ headroom: { low } }: Limit): 'good' | 'bad' => (low >= 1 ? 'good' : 'bad');

export const stateWords: Readonly<Record<PointState, string>> = {
  holds: 'holds',
  fails: 'FAILS',
  undecided: 'undecided',
};

/** `12 loads, 2 to 10 runs each`: as many as it took to tell. */
export function runsText({ points }: Limit): string {
  const counts = points.map(({ runs }) => runs);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const runs = most === 1 ? 'run' : 'runs';
  return `${points.length} loads, ${least === most ? most : `${least} to ${most}`} ${runs} each`;
}

/** What was asked of each load. */
export function askedText({ asked, of, points }: Limit): string {
  const whose = of === undefined ? 'all load grows alike' : `only the load of ${of.join(' and ')} grows`;
  if (asked === 'keeps-up')
    return `${whose}; the scenario sets no needs, so it is asked that no backlog grows and at most 1% is turned away`;
  const needs = new Set(
    points.flatMap(({ targets }) =>
      targets.filter(({ level }) => level === 'fail').map(({ target }) => target),
    ),
  );
  return `${whose}; ${needs.size === 1 ? 'the need' : `all ${needs.size} needs`} must be kept, and no backlog may grow`;
}

/** Where it is, and how full: `desk threads, 89% busy; operations of w wait 150 ms there near p99`. */
export function stationText({
  station,
  of,
  utilization,
  wait,
  workload,
}: NonNullable<Breaking['station']>): string {
  const busy = utilization > 0 ? `, ${percent(utilization)} busy` : '';
  const waits =
    wait === undefined
      ? ''
      : `; near p99, operations of ${workload} wait ${formatQuantity(wait, 'duration')} there`;
  return `${stationName({ station, of })}${busy}${waits}`;
}

export const stationName = ({ station, of }: Pick<StationAtLoad, 'station' | 'of'>): string =>
  [names.owner(station), partOfStation({ station, of, utilization: 0, waitShare: 0 }, names)]
    .filter(Boolean)
    .join(' ');

export const percent = (share: number): string =>
  formatQuantity(share, 'ratio', { digits: share < 0.1 ? 1 : 2 });

/** `205 ms, 3% outside`. */
export function measuredText({ value, margin, metric }: TargetResult, unit: Dimension): string {
  const text = value === null ? '∞' : formatQuantity(value, unit);
  const off =
    margin === null
      ? ''
      : `, ${formatQuantity(Math.abs(margin), 'ratio', { digits: 2 })} ${margin < 0 ? 'outside' : 'inside'}`;
  return `${text}${off}${metric.includes('*') ? ` (${metric})` : ''}`;
}

/** What a target's numbers are, as its text has it: a limit says its unit. */
export function unitOf({ target }: TargetResult): Dimension {
  const limit = /[<>]=?\s*(.+)$/.exec(target)?.[1].trim() ?? '';
  if (limit.includes('$')) return 'money';
  if (limit.endsWith('%')) return 'ratio';
  if (/\/\s*\w+$/.test(limit)) return 'rate';
  if (/(ns|µs|us|ms|s|m|h|d)$/.test(limit) && !/[MkB]$/.test(limit)) return 'duration';
  return /Ratio|Share|utilization|availability/i.test(target) ? 'ratio' : 'count';
}

/** `services.desk threads are asked for 103% of what they can do: full at 1.25× (closed form)`. */
export const fullText = ({ atMost, by, ...station }: CapacityBound, factor: number): string =>
  `${stationName(station)} is full at ${factorText(atMost)} (${by}): at ${factorText(factor)} the backlog grows, however short the run is`;

export function reasonText({ component, what, count, share }: Breaking['loadReasons'][number]): string {
  const owner = names.owner(component);
  switch (what) {
    case 'grows':
      return `${owner} does not keep up: ${formatQuantity(count, 'count')} more wait at the end than at the beginning`;
    case 'turns-away':
      return `${owner}: ${percent(share)} of the operations are turned away`;
    case 'no-quorum':
      return `${owner}: ${noQuorumText(count, share)}`;
  }
}

/** What else a reader should know. */
export function notes(limit: Limit): string[] {
  const { bound, holes, knee, mostOperations, notAskedBelow, skipped, points } = limit;
  const isCut = points.some(({ sets }) => sets.some((set) => set.startsWith('run.duration=')));
  const tried = points
    .filter(({ factor }) => factor < limit.headroom.low)
    .map(({ factor }) => factorText(factor));
  return [
    ...(knee === undefined
      ? []
      : [
          `the knee is at about ${factorText(knee.factor)}: up to there load costs ${names.owner(knee.caller)} little latency, from there on latency grows faster than the load`,
        ]),
    ...(bound === undefined
      ? []
      : [
          `${stationName(bound)} would be full at ${factorText(bound.atMost)} (${bound.by}): no design keeps up past what is full`,
        ]),
    ...(isCut && mostOperations !== null
      ? [
          `runs of more than ${formatQuantity(mostOperations, 'count')} operations were cut to their busiest stretch; --whole runs all of them, and takes longer`,
        ]
      : []),
    ...(holes.length > 0
      ? [`NOT MONOTONE: it fails at ${holes.map(factorText).join(', ')}, below a load that holds`]
      : tried.length > 0
        ? [`below it, tried and held: ${tried.join(', ')}`]
        : []),
    ...(notAskedBelow.length > 0 && points.some(({ factor }) => factor < 1)
      ? [
          `less than the scenario’s load was not asked for ${notAskedBelow.join(', ')}: they say how much is done, not how well`,
        ]
      : []),
    ...skipped.map(({ factor, why }) => `${factorText(factor)} is no scenario: ${why}`),
  ];
}

/** Callers with the most throughput first. */
export function callersOf({ points }: Limit): string[] {
  const rate = (id: string) => Math.max(...points.map(({ callers }) => callers[id]?.throughput ?? 0));
  return [...new Set(points.flatMap(({ callers }) => Object.keys(callers)))].sort(
    (a, b) => rate(b) - rate(a),
  );
}

/** The workload whose curve is drawn: that of the need that breaks, else the one with the most throughput. */
export function shownCaller(limit: Limit): string | undefined {
  const callers = callersOf(limit);
  const broken = limit.breaks?.targets.map(({ metric }) => metric.split('.').slice(0, 2));
  const named = broken?.find(([section, name]) => callers.some((id) => id === `${section}.${name}`));
  return named === undefined ? callers[0] : callers.find((id) => id === `${named[0]}.${named[1]}`);
}

export const callerName = (id: string): string => names.owner(id);

/** The stations whose utilization is drawn: those that are fullest at any load, at most so many. */
export function shownStations({ points }: Limit, most: number): { key: string; name: string }[] {
  const fullest = new Map<string, { name: string; utilization: number }>();
  const owners = new Set<string>();
  for (const { stations } of points) {
    for (const each of stations) {
      const key = stationKey(each);
      const before = fullest.get(key)?.utilization ?? 0;
      fullest.set(key, { name: stationName(each), utilization: Math.max(before, each.utilization) });
    }
  }
  return [...fullest]
    .sort(([, a], [, b]) => b.utilization - a.utilization)
    .filter(([key]) => {
      const owner = key.split(' ')[0].split('.').slice(0, 2).join('/');
      const isNew = !owners.has(owner);
      owners.add(owner);
      return isNew;
    })
    .slice(0, most)
    .map(([key, { name }]) => ({ key, name }));
}

const stationKey = ({ station, of = '' }: Pick<StationAtLoad, 'station' | 'of'>): string =>
  `${station} ${of}`;

export const utilizationAt = ({ stations }: LimitPoint, key: string): number | null =>
  stations.find((each) => stationKey(each) === key)?.utilization ?? null;

export const callerAt = ({ callers }: LimitPoint, id: string | undefined): CallerAtLoad | undefined =>
  id === undefined ? undefined : callers[id];

export const durationText = (value: number | null | undefined): string =>
  value === undefined ? '' : value === null ? '∞' : formatQuantity(value, 'duration');

/** A command, in words that belong together, and what it is good for. */
export interface Command {
  readonly words: readonly string[];
  readonly why: string;
}

const setWords = (sets: readonly string[] = []): string[] => sets.map((set) => `--set ${shellText(set)}`);

/** The commands that go on from here. */
export function nextCommands({ scenario, headroom, points, breaks }: Limit): Command[] {
  const file = shellText(scenario.file);
  const at = points.find(({ factor }) => factor === headroom.low);
  const lift = breaks?.lifts.find(({ state }) => state === 'holds');
  return [
    ...(at === undefined
      ? []
      : [
          {
            words: [`headroom run ${file}`, ...setWords(scenario.sets), ...setWords(at.sets)],
            why: 'how it looks at its limit',
          },
        ]),
    ...(lift === undefined
      ? []
      : [
          {
            words: [`headroom limit ${file}`, ...setWords(scenario.sets), ...setWords([lift.set])],
            why: 'and how far then?',
          },
        ]),
  ];
}

/** The command that gives the same again. */
export const againWords = ({ scenario, seed, runs, maxRuns, mostOperations, of = [] }: Limit): string[] => [
  `headroom limit ${shellText(scenario.file)}`,
  ...setWords(scenario.sets),
  ...of.map((name) => `--of ${shellText(name)}`),
  `--runs ${runs}`,
  `--max-runs ${maxRuns}`,
  ...(mostOperations === null ? ['--whole'] : []),
  `--seed ${seed}`,
];
