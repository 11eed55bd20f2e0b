import { ownerOf } from '../../metrics/index.ts';
import type { Bottleneck, Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { partOfStation } from '../reading/station-part.ts';
import { takenTexts } from '../reading/taken-room.ts';
import type { Row } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { type Bar, tableWithBars } from './bars.ts';
import type { Page, Section } from './page.ts';

const most = 10;
const [tight, warm] = [0.9, 0.7];

/** One thing of the design with how busy it is as a whole, and its tightest part. */
interface Station {
  readonly whole: Bottleneck | undefined;
  readonly tightest: Bottleneck;
}

/**
 * The tightest stations: how busy each is as a whole and in its tightest part, whether that bounds the load, and its
 * share of all waiting.
 */
export function stationSection(result: Result, page: Page): Section {
  const { bottlenecks } = result;
  const { columns: width, names, style } = page;
  const stations = stationsOf(bottlenecks.filter(({ utilization }) => utilization > 0));
  if (stations.length === 0 || isOneAlone(stations)) return [];
  const hasWaits = stations.some(({ tightest }) => tightest.waitShare > 0);
  const hasParts = stations.some(({ whole, tightest }) => whole !== tightest);
  const rows = stations.slice(0, most).map(({ whole, tightest }): [Row, Bar] => {
    const { utilization, waitShare, atMost } = tightest;
    const paint = utilization > tight ? style.red : utilization > warm ? style.yellow : style.green;
    const part = whole === tightest ? '' : partOfStation(tightest, names);
    return [
      [
        `  ${names.owner(tightest.station)}${atMost === undefined ? ' †' : ''}`,
        whole === undefined ? '' : percent(whole.utilization),
        ...(hasParts ? [part === '' ? '' : percent(utilization), part] : []),
        ...(hasWaits ? [waitShare > 0 ? percent(waitShare) : '–'] : []),
      ],
      { value: utilization, paint },
    ];
  });
  const columns = [
    { minimum: 14, wraps: true },
    { header: 'busy', align: 'right' as const },
    ...(hasParts ? [{ align: 'right' as const }, { header: 'tightest part', minimum: 13, wraps: true }] : []),
    ...(hasWaits ? [{ header: 'of waiting', align: 'right' as const }] : []),
  ];
  const more = stations.length - most;
  return [
    ...tableWithBars('Tightest stations', columns, rows, 1, page),
    ...(more > 0 ? [style.dim(`  and ${more} more, ${below(stations)} busy at most`)] : []),
    ...takenTexts(result, names).flatMap((text) => wrap(text, width, { indent: 2, hanging: 4 })),
  ];
}

const below = (stations: readonly Station[]): string => percent(stations[most].tightest.utilization);
const percent = (share: number): string =>
  share < 0.0005 ? '<0.1%' : formatQuantity(share, 'ratio', { digits: share < 0.1 ? 1 : 2 });

/** By owner, in the order of their tightest parts. */
function stationsOf(bottlenecks: readonly Bottleneck[]): Station[] {
  const byOwner = new Map<string, Bottleneck[]>();
  for (const bottleneck of bottlenecks) {
    const owner = ownerOf(bottleneck.station);
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), bottleneck]);
  }
  return [...byOwner].map(([owner, parts]) => {
    const whole = parts.find(({ station, of }) => station === owner && of === undefined);
    const [first] = parts;
    return { whole, tightest: whole !== undefined && first.utilization <= whole.utilization ? whole : first };
  });
}

/** One station that the verdict has named already, with nothing more to say about it. */
const isOneAlone = (stations: readonly Station[]): boolean =>
  stations.length === 1 && stations[0].whole === stations[0].tightest;
