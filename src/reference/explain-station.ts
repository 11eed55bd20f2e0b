import { kinds } from '../models/kinds.ts';
import { nearestWord } from '../scenario/index.ts';

/** A way of being busy that something has: its threads, its log, its hottest member. */
export interface StationUse {
  /** `databases.<database>.shards.<n>` */
  readonly of: string;
  /** What of it is busy: `commit`; undefined for the thing itself. */
  readonly part?: string;
  readonly metric: string;
  /** False of what only tells how much room is taken, which nothing waits for: the cores that pods reserve on nodes. */
  readonly isStation: boolean;
  readonly about: string;
  readonly where?: string;
}

const use = /^(?:utilization|([A-Za-z]+)Utilization)$/;

/** Every station that a report can name, with the metric that says how busy it is. */
export const stationUses = (): StationUse[] =>
  kinds.flatMap(({ families }) =>
    families.flatMap(({ of, where, meters }) =>
      meters.flatMap(({ metric, better, about }): StationUse[] => {
        const match = use.exec(metric);
        if (match === null) return [];
        const [, part] = match;
        const isStation = better !== 'neither';
        return [
          {
            isStation,
            of,
            metric,
            about,
            ...(part === undefined ? {} : { part }),
            ...(where === undefined ? {} : { where }),
          },
        ];
      }),
    ),
  );

/** Stations that a text names: a section, `databases`, a station, `databases.orders.shards.3`, or a part, `commit`. */
export function stationsNamed(text: string): StationUse[] {
  const parts = text.split('.');
  return stationUses().filter(({ of, part, metric }) => {
    const place = of.split('.');
    const isThere = parts.every(
      (asked, at) => asked === '*' || asked === place[at] || place[at]?.startsWith('<'),
    );
    return (
      text === part || text === metric || (place[0] === parts[0] && parts.length <= place.length && isThere)
    );
  });
}

export function nearestStation(text: string): string | undefined {
  const uses = stationUses();
  const words = uses.flatMap(({ of, part }) => [of.split('.')[0], ...(part === undefined ? [] : [part])]);
  return nearestWord(text.split('.')[0], new Set(words));
}

/** How busy a station is, and what that says of the load. */
export const aboutStations = [
  'A station is what something waits for: a thread, a core, a disk, a log. How busy it is, is time in use over time there, in the measured window, over all runs; a part (a region, a shard, the hottest member) by itself; where another shard is the hottest in other runs, the hottest of each run. Utilization is worked out from what was done, never from what was asked for: at 100% a backlog grows.',
  '"At most N×" is 1 over how busy the tightest part is: so far can all load grow before it is full, if its use grows as the load does. It is a bound, not a promise: latency breaks needs earlier. What is marked † gives none: an autoscaler adds to it, or it does more at once when it has more to do.',
];
