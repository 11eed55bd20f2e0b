import { ownerOf } from '../metrics/index.ts';
import type { Bottleneck, MetricResult, WaterfallResult } from '../result/index.ts';

const metric = '.utilization';

/** Stations by utilization, the tightest first, each with its share of all that requests wait. */
export function bottlenecksOf(
  metrics: Readonly<Record<string, MetricResult>>,
  waterfalls: readonly WaterfallResult[],
): Bottleneck[] {
  const waits = waitsByStation(waterfalls);
  const total = [...waits.values()].reduce((sum, wait) => sum + wait, 0);
  return Object.entries(metrics)
    .filter(([id, { value }]) => id.endsWith(metric) && value !== null)
    .map(([id, { value }]) => {
      const station = id.slice(0, -metric.length);
      return {
        station,
        utilization: value as number,
        waitShare: total > 0 ? (waits.get(ownerOf(station)) ?? 0) / total : 0,
      };
    })
    .sort((a, b) => b.utilization - a.utilization || (a.station < b.station ? -1 : 1));
}

function waitsByStation(waterfalls: readonly WaterfallResult[]): Map<string, number> {
  const waits = new Map<string, number>();
  for (const { station, mean, waits: isWaiting } of waterfalls.flatMap(({ parts }) => parts)) {
    if (isWaiting) waits.set(ownerOf(station), (waits.get(ownerOf(station)) ?? 0) + mean);
  }
  return waits;
}
