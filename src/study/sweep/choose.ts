import type { Result, SweepPoint } from '../../result/index.ts';

/** Index of the cheapest point that holds; the first among equals. */
export function bestOf(points: readonly SweepPoint[]): number | undefined {
  let best: number | undefined;
  points.forEach(({ state, month }, at) => {
    if (state !== 'holds' || month === null) return;
    if (best === undefined || month < (points[best].month as number)) best = at;
  });
  return best;
}

/** Metrics of needs that are shown unless told. */
const mostNeeds = 2;

/** Ids to look at first: those that were asked for, else what the needs are about, or the main workload; and the cost. */
export function shownMetrics(
  { callers, cost, metrics, targets }: Result,
  asked: readonly string[],
): string[] {
  const priced = cost.month === null || asked.includes('cost.month') ? [] : ['cost.month'];
  if (asked.length > 0) return [...asked, ...priced];
  const needs = targets.filter(({ level, metric }) => level === 'fail' && metric !== 'cost.month');
  const ids = [...new Set(needs.map(({ metric }) => metric))].slice(0, mostNeeds);
  if (ids.length > 0) return [...ids, ...priced];
  const rate = (id: string) => metrics[`${id}.throughput`]?.value ?? 0;
  const [main] = callers.map(({ id }) => id).sort((a, b) => rate(b) - rate(a));
  const views = ['latency.p95', 'throughput'].map((view) => `${main}.${view}`);
  return [...views.filter((id) => metrics[id] !== undefined), ...priced];
}
