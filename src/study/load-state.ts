import type { LoadState, MetricResult } from '../result/index.ts';
import type { RunRecord } from './simulate-run.ts';

/**
 * Whether the design keeps up with its load.
 *
 * A backlog (operations under way, records waiting) that grows by more than a share of what arrived, and by more than
 * chance makes it, means that it does not: above 1% and five standard deviations of a Poisson count it is overloaded,
 * above 0.2% and two it is backlogged. So is a design that turns more than 1% of its operations away.
 */
export function loadStateOf(
  records: readonly RunRecord[],
  metrics: Readonly<Record<string, MetricResult>>,
): LoadState {
  const states = records.map((record) => stateOfRun(record));
  if (states.includes('overloaded') || turnsAway(metrics)) return 'overloaded';
  return states.includes('backlogged') ? 'backlogged' : 'stable';
}

function stateOfRun(record: RunRecord): LoadState {
  let worst: LoadState = 'stable';
  for (const samples of Object.values(record.backlogs)) {
    const grown = growth(samples);
    const arrived = (record.operations * (record.seconds - record.warmUp)) / record.seconds;
    if (grown > 0.01 * arrived + 5 * Math.sqrt(arrived)) return 'overloaded';
    if (grown > 0.002 * arrived + 2 * Math.sqrt(arrived)) worst = 'backlogged';
  }
  return worst;
}

/** Mean of the last tenth of the samples less mean of the first tenth. */
function growth(samples: readonly number[]): number {
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  const mean = (part: readonly number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  return mean(samples.slice(-tenth)) - mean(samples.slice(0, tenth));
}

function turnsAway(metrics: Readonly<Record<string, MetricResult>>): boolean {
  return Object.entries(metrics).some(([id, { value }]) => {
    const match = /^(workloads\.[^.]+)\.arrivals\.total$/.exec(id);
    if (match === null || !value) return false;
    const turned =
      (metrics[`${match[1]}.rejected.total`]?.value ?? 0) +
      (metrics[`${match[1]}.timedOut.total`]?.value ?? 0);
    return turned > 0.01 * value;
  });
}
