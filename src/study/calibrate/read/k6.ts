import type { Dimension } from '../../../units/index.ts';
import { emptyFile, Mistakes, notANumber, unknownColumn } from './problems.ts';
import type { Format, ReadOptions } from './reading.ts';
import { decimalStep } from './unit.ts';

/**
 * What `k6 run --out json=FILE` writes: a JSON object a line, first what a metric is (`Metric`), then its samples (`Point`).
 * Times are milliseconds. Source: k6's documentation, "Results output: JSON".
 */
export const k6: Format = {
  name: 'k6',
  about: 'what k6 run --out json=FILE writes',
  recognises: (text) => /^\s*\{[^\n]*"type"\s*:\s*"(?:Metric|Point)"/.test(text.slice(0, 4000)),
  read(file, text, options) {
    const mistakes = new Mistakes(file);
    const holds = new Map<string, string>();
    const points = pointsOf(text, mistakes, holds);
    if (!mistakes.isEmpty) return mistakes.all();
    const metric = options.metric ?? 'http_req_duration';
    const chosen = points.get(metric) ?? [];
    if (chosen.length === 0) {
      const known = [...points.keys()].filter((name) => (points.get(name) as Point[]).length > 0).sort();
      mistakes.add(1, 1, 1, known.length === 0 ? emptyFile() : unknownColumn(metric, known, 'metric'));
      return mistakes.all();
    }
    const answered = chosen.filter(({ failed }) => !failed);
    const failed = chosen.length - answered.length;
    const wrong = answered.find(({ value }) => !(value >= 0));
    if (wrong !== undefined) {
      mistakes.add(wrong.line, 1, 1, notANumber(String(wrong.value), 'a value of at least 0'));
      return mistakes.all();
    }
    const { dimension, scale } = contents[holds.get(metric) ?? 'time'] ?? contents.time;
    return {
      source: {
        file,
        format: 'k6',
        of: metric,
        observations: answered.length,
        leftOut: failed === 0 ? [] : [`${failed} that failed (expected_response: false)`],
      },
      dimension,
      ...(options.arrivals
        ? {
            times: {
              instants: answered.map((point) => startOf(point, dimension === 'duration' ? scale : 0)),
              isUnixTime: true,
            },
          }
        : {
            values: {
              values: answered.map(({ value }) => value * scale),
              step: Math.min(...distinctSteps(answered)) * scale,
            },
          }),
      warnings: closedLoop(points, options),
    };
  },
};

interface Point {
  readonly line: number;
  /** Seconds of Unix time, of the end. */
  readonly time: number;
  readonly value: number;
  readonly failed: boolean;
}

/** What k6 says that a metric contains, in base units. */
const contents: Readonly<Record<string, { readonly dimension: Dimension; readonly scale: number }>> = {
  time: { dimension: 'duration', scale: 1e-3 },
  data: { dimension: 'size', scale: 1 },
  default: { dimension: 'count', scale: 1 },
};

/** When it was sent: the sample of a duration is written at its end. */
const startOf = ({ time, value }: Point, scale: number): number => time - value * scale;

const distinctSteps = (points: readonly Point[]): Set<number> =>
  new Set(points.slice(0, 1000).map(({ value }) => decimalStep(String(value))));

/** @param holds is told what each metric contains: `time`, `data` or `default` */
function pointsOf(text: string, mistakes: Mistakes, holds: Map<string, string>): Map<string, Point[]> {
  const points = new Map<string, Point[]>();
  text.split(/\r?\n/).forEach((row, at) => {
    if (row.trim() === '') return;
    const told = parsed(row);
    if (told === undefined || typeof told.metric !== 'string') {
      mistakes.add(at + 1, 1, row.length, notANumber(row.slice(0, 40), 'a JSON object of k6 a line'));
      return;
    }
    if (!points.has(told.metric)) points.set(told.metric, []);
    if (told.type === 'Metric') holds.set(told.metric, String(told.data?.contains ?? 'time'));
    if (told.type !== 'Point') return;
    const { value, time, tags } = told.data ?? {};
    const instant = Date.parse(String(time)) / 1000;
    if (typeof value !== 'number' || Number.isNaN(instant)) {
      mistakes.add(at + 1, 1, row.length, notANumber(row.slice(0, 40), 'a point with time and value'));
      return;
    }
    const failed = tags?.expected_response === 'false';
    points.get(told.metric)?.push({ line: at + 1, time: instant, value, failed });
  });
  return points;
}

interface Line {
  readonly type?: string;
  readonly metric?: string;
  readonly data?: {
    readonly contains?: string;
    readonly time?: string;
    readonly value?: unknown;
    readonly tags?: Record<string, string>;
  };
}

function parsed(row: string): Line | undefined {
  try {
    const line: unknown = JSON.parse(row);
    return typeof line === 'object' && line !== null ? (line as Line) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether users waited for answers. The file does not say; Little's law does: iterations a second times their mean length
 * are the users at work. Where nearly all of them (`vus`) always are, nobody is kept in reserve to start at set times.
 */
function closedLoop(points: ReadonlyMap<string, readonly Point[]>, { openLoop }: ReadOptions): string[] {
  if (openLoop || (points.get('dropped_iterations')?.length ?? 0) > 0) return [];
  const omitted =
    'while answers were slow nobody asked (coordinated omission), and the slow end is under-counted. Measure with an arrival-rate executor';
  const users = points.get('vus') ?? [];
  const iterations = points.get('iteration_duration') ?? [];
  if (users.length > 0 && iterations.length > 1) {
    const times = iterations.map(({ time }) => time).sort((a, b) => a - b);
    const seconds = times[times.length - 1] - times[0] + meanOf(iterations) / 1000;
    const atWork = (iterations.length * meanOf(iterations)) / 1000 / seconds;
    const isClosed = atWork >= 0.9 * meanOf(users);
    return isClosed
      ? [
          `closed loop: ${atWork.toFixed(1)} of ${meanOf(users).toFixed(1)} virtual users were always at work; ${omitted}`,
        ]
      : [];
  }
  return [
    `the file does not show whether virtual users waited for answers: if they did, ${omitted}; else say --open-loop`,
  ];
}

const meanOf = (points: readonly Point[]): number =>
  points.reduce((sum, { value }) => sum + value, 0) / points.length;
