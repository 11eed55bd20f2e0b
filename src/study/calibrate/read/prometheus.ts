import type { Cell } from '../sample.ts';
import { emptyFile, Mistakes, noTimes, notANumber, noUnit, unknownColumn, whichColumn } from './problems.ts';
import type { Format, ReadOptions } from './reading.ts';
import { unitInName, unitOf } from './unit.ts';

const bucket = /^([a-zA-Z_:][\w:]*)_bucket\{(.*)\}\s+(\S+)(?:\s+\S+)?\s*$/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** The buckets of a classic histogram in the text format, cumulated over `le`. Series with the same bounds are added. */
export const prometheus: Format = {
  name: 'prometheus',
  about: 'a histogram in Prometheus’s text format (/metrics)',
  recognises: (text) => /^[a-zA-Z_:][\w:]*_bucket\{[^\n]*le="/m.test(text.slice(0, 1_000_000)),
  read(file, text, options) {
    const mistakes = new Mistakes(file);
    if (options.arrivals) mistakes.add(1, 1, 1, noTimes('a histogram'));
    const series = seriesOf(text, mistakes);
    const chosen = mistakes.isEmpty ? choose(series, options, mistakes) : [];
    if (!mistakes.isEmpty) return mistakes.all();
    const [{ metric, line }] = chosen;
    const unit = options.unit === undefined ? unitInName(metric) : unitOf(options.unit);
    if (unit === undefined) mistakes.add(line, 1, metric.length, noUnit(`the bounds of ${metric}`));
    const cells = unit === undefined ? [] : added(chosen, unit.scale, mistakes);
    const observations = cells.reduce((sum, { count }) => sum + count, 0);
    if (mistakes.isEmpty && observations === 0) mistakes.add(line, 1, 1, emptyFile());
    if (!mistakes.isEmpty || unit === undefined) return mistakes.all();
    return {
      source: { file, format: 'prometheus', of: metric, observations, leftOut: [] },
      dimension: unit.dimension,
      cells,
      warnings: [
        ...(chosen.length > 1
          ? [`${chosen.length} series of ${metric} are added up; --label name=value takes some`]
          : []),
        'the counts are since the process started, whatever the load was then',
      ],
    };
  },
};

interface Series {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly line: number;
  readonly buckets: { le: number; upTo: number; line: number }[];
}

function seriesOf(text: string, mistakes: Mistakes): Series[] {
  const series = new Map<string, Series>();
  text.split(/\r?\n/).forEach((row, at) => {
    const [, metric, labelText, value] = bucket.exec(row) ?? [];
    if (metric === undefined) return;
    const { le, ...labels } = Object.fromEntries(
      [...labelText.matchAll(label)].map(([, name, said]) => [name, said]),
    );
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
    const upTo = Number(value);
    if (le === undefined || Number.isNaN(bound) || !(upTo >= 0) || bound < 0) {
      mistakes.add(
        at + 1,
        1,
        row.length,
        notANumber(row, 'a bucket with a bound le of at least 0 and a count'),
      );
      return;
    }
    const id = JSON.stringify([metric, labels]);
    if (!series.has(id)) series.set(id, { metric, labels, line: at + 1, buckets: [] });
    series.get(id)?.buckets.push({ le: bound, upTo, line: at + 1 });
  });
  return [...series.values()];
}

function choose(series: readonly Series[], { metric, labels }: ReadOptions, mistakes: Mistakes): Series[] {
  const metrics = [...new Set(series.map(({ metric }) => metric))];
  const asked = metric?.replace(/_bucket$/, '') ?? (metrics.length === 1 ? metrics[0] : undefined);
  if (asked === undefined) {
    mistakes.add(
      1,
      1,
      1,
      metrics.length === 0 ? emptyFile() : whichColumn(metrics, '--metric', 'histograms'),
    );
    return [];
  }
  const named = series.filter((each) => each.metric === asked);
  if (named.length === 0) mistakes.add(1, 1, 1, unknownColumn(asked, metrics, 'histogram'));
  for (const [name, value] of Object.entries(labels)) {
    const known = [...new Set(named.flatMap((each) => (name in each.labels ? [each.labels[name]] : [])))];
    const names = [...new Set(named.flatMap((each) => Object.keys(each.labels)))];
    if (named.length === 0 || known.includes(value)) continue;
    mistakes.add(
      named[0].line,
      1,
      asked.length,
      known.length === 0
        ? unknownColumn(name, names, 'label')
        : unknownColumn(value, known, `label ${name}=`),
    );
  }
  if (!mistakes.isEmpty) return [];
  const kept = named.filter((each) =>
    Object.entries(labels).every(([name, value]) => each.labels[name] === value),
  );
  if (kept.length === 0) mistakes.add(named[0].line, 1, asked.length, emptyFile());
  return kept;
}

/** Series with the same bounds, as counts between them. */
function added(series: readonly Series[], scale: number, mistakes: Mistakes): Cell[] {
  const cells = new Map<number, { low: number; high: number; count: number }>();
  const boundsOf = ({ buckets }: Series) => buckets.map(({ le }) => le).join(' ');
  for (const each of series) {
    if (boundsOf(each) !== boundsOf(series[0]))
      mistakes.add(
        each.line,
        1,
        1,
        notANumber(boundsOf(each), `the bounds of the other series, ${boundsOf(series[0])}`),
      );
    let before = { le: 0, upTo: 0 };
    for (const { le, upTo, line } of [...each.buckets].sort((a, b) => a.le - b.le)) {
      if (upTo < before.upTo)
        mistakes.add(
          line,
          1,
          1,
          notANumber(String(upTo), `a count of at least ${before.upTo}, that of the bucket before`),
        );
      const high = le * scale;
      const known = cells.get(high) ?? { low: before.le * scale, high, count: 0 };
      cells.set(high, { ...known, count: known.count + upTo - before.upTo });
      before = { le, upTo };
    }
  }
  return [...cells.values()];
}
