import { ownerOf } from '../metrics/index.ts';
import type { LoadReason, LoadState, MetricResult } from '../result/index.ts';
import type { RunRecord } from './simulate-run.ts';

/**
 * Whether the design keeps up with its load.
 *
 * A backlog (operations under way, records waiting) that grows by more than a share of what arrived, and by more than
 * chance makes it, means that it does not: above 1% and five standard deviations of a Poisson count it is overloaded,
 * above 0.2% and two it is backlogged. So is a design that turns more than 1% of its operations away, those left out who
 * met a fault that was recovered from: they are the fault's, and say nothing of the load.
 * @param early names of faults that began before the measured window: whoever met them then is not counted in it
 */
export function loadStateOf(
  records: readonly RunRecord[],
  metrics: Readonly<Record<string, MetricResult>>,
  early: readonly string[] = [],
): { load: LoadState; loadReasons: LoadReason[] } {
  const growing = Object.keys(records[0].backlogs).flatMap((component) => growthOf(component, records));
  const turning = turnsAway(metrics, early);
  const overloaded = [...growing.filter(({ state }) => state === 'overloaded').map(reason), ...turning];
  if (overloaded.length === 0 && growing.length === 0) return { load: 'stable', loadReasons: [] };
  const causes = withoutQuorum(metrics, records[0].seconds);
  return overloaded.length > 0
    ? { load: 'overloaded', loadReasons: [...causes, ...overloaded] }
    : { load: 'backlogged', loadReasons: [...causes, ...growing.map(reason)] };
}

/** Databases that acknowledged no write for a time: what waits elsewhere waits for them. @param seconds of a run */
const withoutQuorum = (metrics: Readonly<Record<string, MetricResult>>, seconds: number): LoadReason[] =>
  Object.entries(metrics).flatMap(([id, { value }]): LoadReason[] =>
    id.endsWith('.withoutQuorum') && value !== null && value > 0
      ? [{ component: ownerOf(id), what: 'no-quorum', count: value, share: Math.min(1, value / seconds) }]
      : [],
  );

interface Growth {
  readonly state: Exclude<LoadState, 'stable'>;
  readonly reason: LoadReason;
}

const reason = (growth: Growth): LoadReason => growth.reason;

/** What becomes of a component's backlog: the worst state of all runs, with the mean growth; nothing where it is stable. */
function growthOf(component: string, records: readonly RunRecord[]): Growth[] {
  const runs = records.map(({ backlogs, arrived }) => ({
    grown: growth(backlogs[component] ?? [0]),
    arrived,
  }));
  const isBeyond = (share: number, deviations: number): boolean =>
    runs.some(({ grown, arrived }) => grown > share * arrived + deviations * Math.sqrt(arrived));
  if (!isBeyond(0.002, 2)) return [];
  const state = isBeyond(0.01, 5) ? 'overloaded' : 'backlogged';
  const sum = (read: (run: (typeof runs)[number]) => number) =>
    runs.reduce((total, run) => total + read(run), 0);
  const grown = sum((run) => run.grown);
  return [
    {
      state,
      reason: {
        component,
        what: 'grows',
        count: grown / runs.length,
        share: grown / sum(({ arrived }) => arrived),
      },
    },
  ];
}

/** By how much a backlog grew over the window: mean of its last tenth less mean of its first, which lie 0.9 of it apart. */
function growth(samples: readonly number[]): number {
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  const mean = (part: readonly number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  return (mean(samples.slice(-tenth)) - mean(samples.slice(0, tenth))) / 0.9;
}

function turnsAway(metrics: Readonly<Record<string, MetricResult>>, early: readonly string[]): LoadReason[] {
  const counted = (id: string) => metrics[id]?.value ?? 0;
  return Object.keys(metrics).flatMap((id): LoadReason[] => {
    const component = /^(workloads\.[^.]+)\.arrivals\.total$/.exec(id)?.[1];
    const arrived = counted(id);
    if (component === undefined || arrived === 0) return [];
    const away = counted(`${component}.rejected.total`) + counted(`${component}.timedOut.total`);
    // Whoever met a fault may have failed instead: of all without an answer, so many are left.
    const unanswered = away + counted(`${component}.failed.total`);
    const count = Math.min(away, unanswered - metFaults(component, metrics, early));
    return count > 0.01 * arrived ? [{ component, what: 'turns-away', count, share: count / arrived }] : [];
  });
}

/** Operations of a workload, a run, that met a fault and were not answered; a fault that was not recovered from has none. */
function metFaults(
  component: string,
  metrics: Readonly<Record<string, MetricResult>>,
  early: readonly string[],
): number {
  const workload = component.slice('workloads.'.length);
  return Object.entries(metrics).reduce((sum, [id, { value }]) => {
    const fault = /^(faults\.([^.]+)\.workload\.([^.]+))\.unanswered$/.exec(id);
    if (fault === null || fault[3] !== workload || early.includes(fault[2])) return sum;
    const isOver = metrics[`${fault[1]}.rto`]?.runs.every(({ censored }) => !censored) ?? false;
    return isOver ? sum + (value ?? 0) : sum;
  }, 0);
}
