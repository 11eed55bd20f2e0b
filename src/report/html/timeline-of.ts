import { ownerOf } from '../../metrics/index.ts';
import type { FaultResult, PhaseResult, Result, SeriesResult } from '../../result/index.ts';
import { type Dimension, dimensions, formatQuantity } from '../../units/index.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { faultNotes } from '../reading/fault-notes.ts';
import { hasSeen } from '../reading/find.ts';
import { type Incident, incidentsOf } from '../reading/incident.ts';
import { lostWritesText } from '../reading/lost-writes.ts';
import { Names } from '../reading/names.ts';
import { sinceText } from '../reading/since.ts';
import { lastText, phaseWords } from '../reading/way-back.ts';
import type { ChartData, FaultBar, TimelineData } from './page-data.ts';

/** So many charts stand open at first; others on request, or when their box is chosen. */
const mostOpen = 8;

/** A series taken apart: `databases.main.in.eu-west.replicationLag`. */
export interface Part {
  readonly id: string;
  readonly box: string;
  /** `in eu-west`; nothing for the whole. */
  readonly where: string;
  /** `replicationLag`. */
  readonly metric: string;
  /** `p99`, where there is one. */
  readonly view: string;
  readonly unit: Dimension;
}

/** The timeline as charts: lines that belong together in one, counts as rates. */
export function timelineOf(result: Result, names: Names): TimelineData {
  const { timeline, faults, callers } = result;
  const incidents = incidentsOf(result, names);
  const bucket = timeline.at.length > 1 ? timeline.at[1] - timeline.at[0] : 1;
  const parts = Object.entries(timeline.series).map(([id, series]) => partOf(id, series));
  const drawn = Object.entries(timeline.series).map(
    ([id, series]) => [id, drawnValues(series, bucket)] as const,
  );
  const isDrawn = new Set(result.topology.nodes.map(({ id }) => id));
  const outside = new Set(callers.map(({ id }) => id).filter((id) => !isDrawn.has(id)));
  const charts = chartsOf(parts, names);
  const interest = (chart: ChartData) => interestOf(chart, new Map(drawn), outside);
  const open = charts
    .filter((chart) => interest(chart) > 0)
    .sort((a, b) => interest(b) - interest(a))
    .slice(0, mostOpen);
  const firstOnes = charts.filter((chart) => open.includes(chart));
  const sorted = [
    ...firstOnes.sort((a, b) => interest(b) - interest(a)),
    ...charts.filter((chart) => !open.includes(chart)),
  ];
  return {
    bucket,
    buckets: timeline.at.length,
    warmUp: timeline.warmUp,
    series: Object.fromEntries(drawn),
    charts: sorted.map((chart) => ({ ...chart, isFirst: open.includes(chart) })),
    faults: faults.flatMap((fault) => faultBars(fault, result, names, incidents)),
    occurrences: timeline.occurrences.map(({ at, component, what }) => ({
      at,
      box: component,
      text: `${names.owner(component)}: ${what}`,
    })),
  };
}

const places = new Set(['in', 'from', 'shards', 'partitions']);

export function partOf(id: string, { unit, of }: SeriesResult): Part {
  const words = id.split('.').slice(2);
  const where: string[] = [];
  while (words.length > 2 && places.has(words[0]))
    where.push(words.splice(0, 2).join(' ').replace(/s /, ' '));
  const [metric, view = ''] = words;
  const dimension = (dimensions as readonly string[]).includes(unit) ? (unit as Dimension) : 'count';
  return {
    id,
    box: ownerOf(id),
    where: where.join(' '),
    metric,
    view,
    unit: of === 'count' && dimension === 'count' ? 'rate' : dimension,
  };
}

/** Four digits are enough to draw; what is counted is shown a second. */
export const drawnValues = ({ of, unit, values }: SeriesResult, bucket: number): (number | null)[] =>
  values.map((value) => {
    if (value === null) return null;
    return Number((of === 'count' && unit === 'count' ? value / bucket : value).toPrecision(4));
  });

function chartsOf(parts: readonly Part[], names: Names): ChartData[] {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    // Rates of one thing as a whole share a chart (arrivals, answers, failures); else each metric has its own.
    const isRate = part.unit === 'rate' && part.where === '';
    const key = [part.box, isRate ? 'rates' : part.metric].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()].map((group) => {
    const [{ box, unit }] = group;
    const metrics = [...new Set(group.map(({ metric }) => wordsOf(metric)))];
    const second = unit === 'rate' ? ' a second' : '';
    return {
      box,
      title: `${names.owner(box)}: ${metrics.join(', ')}${second}`,
      unit,
      lines: group.map(({ id, where, metric, view }) => ({
        series: id,
        label: labelOf(where, view, metric),
      })),
      isFirst: false,
    };
  });
}

const labelOf = (where: string, view: string, metric: string): string =>
  [where.replace(/^in /, ''), view].filter(Boolean).join(' ') || wordsOf(metric);

export const wordsOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Callers' charts first, in their order; then what moves most, against what it usually is; what stands still stays closed. */
function interestOf(
  { box, lines }: ChartData,
  drawn: ReadonlyMap<string, readonly (number | null)[]>,
  outside: ReadonlySet<string>,
): number {
  if (outside.has(box)) return 10;
  const swings = lines.map(({ series }) => {
    const values = (drawn.get(series) ?? []).filter((value) => value !== null);
    const sorted = values.toSorted((a, b) => a - b);
    const [low, middle, high] = [0.05, 0.5, 0.95].map(
      (share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0,
    );
    return high === 0 ? 0 : (high - low) / (high + middle);
  });
  return Math.max(0, ...swings);
}

/** So many occurrences of a fault at random times have a bar. */
const mostBars = 12;

function faultBars(
  fault: FaultResult,
  result: Result,
  names: Names,
  incidents: readonly Incident[],
): FaultBar[] {
  const { name, occurrences } = fault;
  if (occurrences === undefined) return [faultBar(fault, result, names, incidents)];
  return occurrences.slice(0, mostBars).map(({ at, until }, number) => ({
    name: occurrences.length === 1 ? name : `${name} (${number + 1} of ${occurrences.length})`,
    fault: fault.fault,
    at,
    ...(until === undefined ? {} : { until }),
    phases: [],
    notes: [],
    lines: [],
  }));
}

const phaseBar = (phase: PhaseResult, names: Names): FaultBar['phases'][number] => ({
  name: phaseWords[phase.name],
  at: phase.at,
  until: phase.until,
  text: [
    formatQuantity(phase.until - phase.at, 'duration'),
    phase.isOpen === true ? 'not over' : '',
    lastText(phase, names),
  ]
    .filter(Boolean)
    .join(', '),
});

/** @param incidents what happened after each fault, where that is told */
export function faultBar(
  fault: FaultResult,
  result: Result,
  names = new Names(result),
  incidents: readonly Incident[] = [],
): FaultBar {
  const { metrics } = result;
  const text = (name: string) => {
    const metric = metrics[`faults.${fault.name}.${name}`];
    return hasSeen(metric) ? { [name]: estimateText(metric) } : {};
  };
  return {
    name: fault.name,
    fault: fault.fault,
    at: fault.at,
    ...(fault.until === undefined ? {} : { until: fault.until }),
    ...(fault.recoveredAt === undefined ? {} : { recoveredAt: fault.recoveredAt }),
    phases: (fault.phases ?? []).map((phase) => phaseBar(phase, names)),
    notes: faultNotes(fault, result, names),
    lines: (incidents.find((incident) => incident.fault === fault)?.lines ?? []).map(({ at, text }) => ({
      at,
      since: `T+${sinceText(at - fault.at)}`,
      text,
    })),
    ...text('rto'),
    ...recoveryPoint(text('rpo').rpo, lostWritesText(`faults.${fault.name}.rpo`, result)),
  };
}

const recoveryPoint = (rpo: string | undefined, lost: string | undefined): Pick<FaultBar, 'rpo'> =>
  rpo === undefined ? {} : { rpo: lost === undefined ? rpo : `${rpo}, ${lost}` };
