import type { Result, SeriesResult } from '../../../result/index.ts';
import type { ChartData, FaultBar, TimelineData } from '../../html/page-data.ts';
import { drawnValues, faultBar, type Part, partOf, wordsOf } from '../../html/timeline-of.ts';
import type { Names } from '../../reading/names.ts';
import { withoutRepetition } from '../../reading/repeated.ts';
import type { Compared } from '../compared.ts';

/** Charts that stand open at first, and that are there at all: a page has to be small enough to be mailed. */
const mostOpen = 8;
const mostCharts = 60;
/** What happened in one design, that is told. */
const mostOccurrences = 100;
/** Buckets of the axis that all designs share. */
const buckets = 240;

/** All designs' timelines on one axis: a chart a series, a line a design, the faults of each marked. */
export function designTimeline({ comparison, results }: Compared, names: Names): TimelineData {
  const labels = comparison.designs.map(({ label }) => label);
  const length = Math.max(...results.map(lengthOf));
  const bucket = length / buckets;
  const drawn = new Map<string, readonly (number | null)[]>();
  const charts = seriesOf(results)
    .map(({ id, series }) => {
      const part = partOf(id, series);
      const lines = results.flatMap((result, at) => {
        const own = result.timeline.series[id];
        if (own === undefined) return [];
        const key = `${at}:${id}`;
        drawn.set(key, resampled(drawnValues(own, bucketOf(result)), bucketOf(result), bucket));
        return [{ label: labels[at], series: key, design: at }];
      });
      return { box: part.box, title: titleOf(part, names), unit: part.unit, lines, isFirst: false };
    })
    .map((chart) => ({ chart, interest: interestOf(chart, drawn, results) }))
    .filter(({ interest }) => interest > 0)
    .sort((a, b) => b.interest - a.interest)
    .slice(0, mostCharts)
    .map(({ chart }, at): ChartData => ({ ...chart, isFirst: at < mostOpen }));
  const shown = new Set(charts.flatMap(({ lines }) => lines.map(({ series }) => series)));
  return {
    bucket,
    buckets: length === 0 ? 0 : buckets,
    warmUp: Math.min(...results.map(({ timeline }) => timeline.warmUp)),
    series: Object.fromEntries([...drawn].filter(([key]) => shown.has(key))),
    charts,
    faults: faultsOf(results, labels),
    occurrences: results
      .flatMap(({ timeline }, at) =>
        withoutRepetition(timeline.occurrences)
          .slice(0, mostOccurrences)
          .map(({ at: instant, component, what }) => ({
            at: instant,
            box: component,
            text: `${labels[at]}: ${names.owner(component)}: ${what}`,
          })),
      )
      .sort((a, b) => a.at - b.at),
  };
}

const bucketOf = ({ timeline: { at } }: Result): number => (at.length > 1 ? at[1] - at[0] : 1);
const lengthOf = (result: Result): number => bucketOf(result) * result.timeline.at.length;

/** Series of any design, of a thing as a whole, in a region or from an origin. */
function seriesOf(results: readonly Result[]): { id: string; series: SeriesResult }[] {
  const all = new Map(results.flatMap(({ timeline }) => Object.entries(timeline.series)));
  return [...all]
    .filter(([id]) => !/\.(shards|partitions)\./.test(id))
    .map(([id, series]) => ({ id, series }));
}

/** Values on the shared axis: of each of its buckets, what held in its middle; null beyond the end. */
function resampled(
  values: readonly (number | null)[],
  own: number,
  bucket: number,
): readonly (number | null)[] {
  if (values.length === buckets && Math.abs(own - bucket) < 1e-9) return values;
  return Array.from({ length: buckets }, (_, at) => values[Math.floor(((at + 0.5) * bucket) / own)] ?? null);
}

function titleOf({ box, where, metric, view, unit }: Part, names: Names): string {
  const second = unit === 'rate' ? ' a second' : '';
  const what = [wordsOf(metric), view].filter(Boolean).join(' ');
  return `${names.owner(box)}${where === '' ? '' : ` ${where}`}: ${what}${second}`;
}

/** The latencies and failures of callers first, then what sets the designs apart; what is nowhere anything is left out. */
function interestOf(
  { box, lines }: ChartData,
  drawn: ReadonlyMap<string, readonly (number | null)[]>,
  results: readonly Result[],
): number {
  const values = lines.map(({ series }) => drawn.get(series) ?? []);
  const sizes = values.flat().map((value) => Math.abs(value ?? 0));
  const size = sizes.reduce((sum, value) => sum + value, 0);
  if (size === 0) return 0;
  let apart = 0;
  for (let at = 0; at < buckets; at += 1) {
    const here = values.flatMap((line) => line[at] ?? []);
    if (here.length > 1) apart += Math.max(...here) - Math.min(...here);
  }
  const isCallers = results.some(({ callers }) => callers.some(({ id }) => id === box));
  const id = lines[0].series;
  const asked = isCallers && /:\w+\.[^.]+\.(latency\.p(50|9\d+)|failed)$/.test(id) ? 2 : 0;
  return asked + (isCallers ? 0.2 : 0) + apart / size + 1e-9;
}

/** A bar a fault a design; faults of one name below each other. */
function faultsOf(results: readonly Result[], labels: readonly string[]): FaultBar[] {
  const bars = results.flatMap((result, at) =>
    result.faults.map((fault) => ({ name: fault.name, bar: named(faultBar(fault, result), labels[at]) })),
  );
  const order = [...new Set(bars.map(({ name }) => name))];
  return bars.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)).map(({ bar }) => bar);
}

const named = (bar: FaultBar, label: string): FaultBar => ({ ...bar, name: `${bar.name}, ${label}` });
