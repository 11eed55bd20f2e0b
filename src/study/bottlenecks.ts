import { ownerOf } from '../metrics/index.ts';
import type { Bottleneck, MetricResult, WaterfallResult } from '../result/index.ts';
import { hottestParts } from './hottest-part.ts';

/** `services.desk.in.eu-west.threadUtilization`: the station, and what of it is busy. */
const metricOfUse = /^(.+)\.(?:utilization|([A-Za-z]+)Utilization)$/;

/**
 * Parts whose time in use grows at least as fast as the load: where they are full, the load can grow no more. Not so of
 * what does several things at once when it has more of them to do, as a log that flushes many commits together.
 */
const growsWithLoad = new Set<string | undefined>([
  undefined,
  'thread',
  'primary',
  'apply',
  'hottestMember',
  'hottestShard',
  'hottestShardPrimary',
]);

/** Whether a station that is busy by this part of it can bound the load. */
export const boundsLoad = (part: string | undefined): boolean => growsWithLoad.has(part);

/** What is counted of things that an autoscaler makes more of: the load may outgrow what there was of them. */
const counterOfScaling = 'scaleUps.total';

/** Stations by utilization, the tightest first, each with its owner's share of all that requests wait. */
export function bottlenecksOf(
  metrics: Readonly<Record<string, MetricResult>>,
  waterfalls: readonly WaterfallResult[],
): Bottleneck[] {
  const waits = waitsByOwner(waterfalls);
  const total = [...waits.values()].reduce((sum, wait) => sum + wait, 0);
  const hottest = hottestParts(metrics);
  const isTold = new Set(hottest.flatMap(({ ids }) => ids));
  const uses = [
    ...Object.entries(metrics).filter(([id]) => !isTold.has(id)),
    ...hottest.map(({ owner, metric, utilization }): [string, Pick<MetricResult, 'value' | 'better'>] => [
      `${owner}.hottestShard${metric[0].toUpperCase()}${metric.slice(1)}`,
      { value: utilization, better: 'lower' },
    ]),
  ];
  return uses
    .flatMap(([id, { value, better }]): Bottleneck[] => {
      const [, station, part] = metricOfUse.exec(id) ?? [];
      if (station === undefined || value === null || better === 'neither') return [];
      const owner = ownerOf(station);
      const isBound = value > 0 && boundsLoad(part) && !(`${owner}.${counterOfScaling}` in metrics);
      return [
        {
          station,
          ...(part === undefined ? {} : { of: part }),
          utilization: value,
          waitShare: total > 0 ? (waits.get(owner) ?? 0) / total : 0,
          ...(isBound ? { atMost: 1 / value } : {}),
        },
      ];
    })
    .sort((a, b) => b.utilization - a.utilization || (nameOf(a) < nameOf(b) ? -1 : 1));
}

const nameOf = ({ station, of = '' }: Bottleneck): string => `${station} ${of}`;

/** Seconds that all operations together wait for an owner's stations. */
function waitsByOwner(waterfalls: readonly WaterfallResult[]): Map<string, number> {
  const waits = new Map<string, number>();
  for (const { count, parts } of waterfalls) {
    for (const { station, mean, waits: isWaiting } of parts) {
      const owner = ownerOf(station);
      if (isWaiting) waits.set(owner, (waits.get(owner) ?? 0) + count * mean);
    }
  }
  return waits;
}
