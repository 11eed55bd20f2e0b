import { varies } from '../models/assemble.ts';
import type { Design } from '../models/design.ts';
import type { LoadReason, WarmUpResult } from '../result/index.ts';
import { initialPart, mser5 } from '../sim/statistics/index.ts';
import type { RunRecord } from './simulate-run.ts';

/** What a workload leaves of how its latency went over the window (see models/workloads/course.ts). */
interface Course {
  readonly counts: readonly number[];
  readonly latencies: readonly number[];
}

/** Below ten batches of five MSER has nothing to choose from. */
const fewestStretches = 50;
/**
 * Share of wrong answers for each length that `initialPart` tries. Where nothing was left out the run does begin unlike
 * what follows, since all queues are empty; the question is only whether it shows.
 */
const levelOf = (warmUp: number): number => (warmUp === 0 ? 0.01 : 0.001);
/** A beginning that moves the mean latency by less is nobody's concern. */
const smallestBias = 0.001;

/**
 * Of each workload, whether the warm-up was long enough, by its mean latency in equal stretches of the measured window.
 *
 * The warm-up stays as the user has it. MSER-5, on the mean over runs, says whether the latency settles within the window
 * at all: its cut lies in the first half. Whether a cut before that is a warm-up too short or chance says a test, since
 * MSER cuts away chance bursts as well (see `initialPart`). Nothing is said where load or capacity are meant to change, nor
 * where a backlog grows, which is no matter of warm-up.
 */
export function warmUpsOf(
  design: Design,
  records: readonly RunRecord[],
  loadReasons: readonly LoadReason[],
): WarmUpResult[] {
  if (varies(design) || loadReasons.some(({ what }) => what === 'grows')) return [];
  return Object.keys(records[0].records).flatMap((id): WarmUpResult[] => {
    const courses = records.map((record) => courseOf(record.records[id]));
    const series = courses.every((course) => course !== undefined) ? seriesOf(courses) : undefined;
    return series === undefined ? [] : [judge(id, series, records[0])];
  });
}

function judge(workload: string, series: readonly number[][], { seconds, warmUp }: RunRecord): WarmUpResult {
  const { length } = series[0];
  const { cut, isWarmedUp } = mser5(series);
  const early = initialPart(series, levelOf(warmUp));
  const until = early > 0 || !isWarmedUp ? Math.max(cut, early) : 0;
  const matters = until > 0 && biasOf(series, until) >= smallestBias;
  const cutSeconds = matters ? ((seconds - warmUp) * until) / length : 0;
  return {
    workload,
    state: !matters ? 'settled' : isWarmedUp ? 'late' : 'unsettled',
    cut: cutSeconds,
    warmUp: warmUp + cutSeconds,
  };
}

/** How far the mean is off, as a share of what it is without the first observations. */
function biasOf(series: readonly number[][], first: number): number {
  const meanFrom = (from: number): number =>
    series.reduce((sum, run) => sum + mean(run.slice(from)), 0) / series.length;
  return Math.abs(meanFrom(0) / meanFrom(first) - 1);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean latency by stretch, one series a run; neighbours together until none is without an operation, if enough are left. */
function seriesOf(courses: readonly Course[]): number[][] | undefined {
  const { length } = courses[0].counts;
  if (length < fewestStretches) return undefined;
  if (courses.some(({ counts }) => counts.includes(0))) return seriesOf(courses.map(halved));
  return courses.map(({ counts, latencies }) => latencies.map((sum, at) => sum / counts[at]));
}

const halved = ({ counts, latencies }: Course): Course => ({
  counts: pairSums(counts),
  latencies: pairSums(latencies),
});

const pairSums = (values: readonly number[]): number[] =>
  Array.from({ length: values.length / 2 }, (_, pair) => values[2 * pair] + values[2 * pair + 1]);

function courseOf(record: unknown): Course | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  return (record as { course?: Course }).course;
}
