import type { MetricResult } from '../result/index.ts';

/** `databases.main.shards.3.commitUtilization`: of what, which of its shards, and what of it is busy. */
const metricOfShard = /^(.+)\.shards\.(\d+)\.((?:[a-z][A-Za-z]*U|u)tilization)$/;

/** The hottest of several alike shards, where it is another one in each run. */
export interface HottestPart {
  /** `databases.main` */
  readonly owner: string;
  /** `utilization`, `commitUtilization` */
  readonly metric: string;
  /** Mean over runs of each run's hottest. */
  readonly utilization: number;
  /** The metrics of its shards, which say less: each is hot in some runs and not in others. */
  readonly ids: readonly string[];
}

/**
 * Shards of which another one is the hottest in other runs. The mean over runs of each shard by its number then says of none
 * how busy the hottest gets: keys lie elsewhere in each run, and the design must bear the hottest wherever it is.
 */
export function hottestParts(metrics: Readonly<Record<string, MetricResult>>): HottestPart[] {
  const groups = new Map<string, { owner: string; metric: string; ids: string[] }>();
  for (const id of Object.keys(metrics)) {
    const [, owner, , metric] = metricOfShard.exec(id) ?? [];
    if (owner === undefined) continue;
    const key = `${owner} ${metric}`;
    const group = groups.get(key) ?? { owner, metric, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group): HottestPart[] => {
    if (group.ids.length < 2) return [];
    const runs = Math.min(...group.ids.map((id) => metrics[id].runs.length));
    const hottest = Array.from({ length: runs }, (_, run) => hottestIn(group.ids, metrics, run));
    const isAlways = new Set(hottest.map(({ id }) => id)).size <= 1;
    if (isAlways) return [];
    return [{ ...group, utilization: hottest.reduce((sum, { value }) => sum + value, 0) / runs }];
  });
}

function hottestIn(ids: readonly string[], metrics: Readonly<Record<string, MetricResult>>, run: number) {
  let hottest = { id: ids[0], value: Number.NEGATIVE_INFINITY };
  for (const id of ids) {
    const { num, den } = metrics[id].runs[run];
    const value = num === null || den === 0 ? 0 : num / den;
    if (value > hottest.value) hottest = { id, value };
  }
  return hottest;
}
