import type { Result, WaterfallPart, WaterfallResult } from '../../result/index.ts';
import { unsteadyNote } from '../reading/steady.ts';
import { sameUnit } from '../text/same-unit.ts';
import type { Row } from '../text/table.ts';
import { type Bar, tableWithBars } from './bars.ts';
import type { Page, Section } from './page.ts';

const mostWaterfalls = 4;
/** Parts below this share of the mean and of what is near p99 stand together in one line. */
const small = 0.01;

/** Where a request's time goes, on the mean and near p99; the parts add up to the latency. */
export function waterfallSection(result: Result, page: Page): Section {
  const byTime = [...result.waterfalls].sort((a, b) => b.count * b.mean - a.count * a.mean);
  const shown = result.waterfalls.filter((waterfall) => byTime.indexOf(waterfall) < mostWaterfalls);
  const left = result.waterfalls.length - shown.length;
  const more = left > 0 ? ['', page.style.dim(`and where the time of ${left} more goes: --json`)] : [];
  return [
    ...shown.flatMap((waterfall, at) => [
      ...(at === 0 ? [] : ['']),
      ...waterfallTable(waterfall, result, page),
    ]),
    ...more,
  ];
}

function waterfallTable(waterfall: WaterfallResult, result: Result, page: Page): string[] {
  const { style } = page;
  const { parts, folded } = fold(waterfall);
  const means = sameUnit([...parts, folded].map(({ mean }) => mean).concat(waterfall.mean), 'duration');
  const slows = sameUnit([...parts, folded].map(({ p99 }) => p99).concat(waterfall.p99), 'duration');
  const rows = parts.map((part, at): [Row, Bar] => {
    const isFirst = parts[at - 1]?.station !== part.station;
    return [
      [isFirst ? `  ${stationTitle(part.station, waterfall, page)}` : '', part.phase, means[at], slows[at]],
      { value: part.mean, paint: part.waits ? style.yellow : style.cyan },
    ];
  });
  const at = parts.length;
  const other: [Row, undefined][] =
    folded.count === 0
      ? []
      : [
          [
            [
              '  other',
              `${folded.count} small ${folded.count === 1 ? 'part' : 'parts'}`,
              means[at],
              slows[at],
            ],
            undefined,
          ],
        ];
  const sum: [Row, undefined] = [['  all', '', means[at + 1], slows[at + 1]], undefined];
  const whose =
    result.waterfalls.length > 1 ? `Where the time of ${waterfall.workload} goes` : 'Where the time goes';
  const note = unsteadyNote(result, `workloads.${waterfall.workload}`);
  return tableWithBars(
    note === undefined ? whose : `${whose} (${note})`,
    [
      { minimum: 14, wraps: true },
      { minimum: 14, wraps: true },
      { header: 'mean', align: 'decimal' },
      { header: 'near p99', align: 'decimal' },
    ],
    [...rows, ...other, ...(rows.length + other.length > 1 ? [sum] : [])],
    Math.max(...parts.map(({ mean }) => mean)),
    page,
  );
}

/** What callers do themselves has no station of its own. */
const stationTitle = (station: string, { workload }: WaterfallResult, { names }: Page): string =>
  names.isCaller(station) && station.endsWith(`.${workload}`) ? 'caller' : names.of(station);

/** The parts that matter, station by station, the longest first; what is too small for a line of its own together. */
function fold({ parts, mean, p99 }: WaterfallResult) {
  const matters = (part: WaterfallPart) => part.mean >= small * mean || part.p99 >= small * p99;
  const large = parts.filter(matters);
  const rest = parts.filter((part) => !matters(part));
  const stations = [...new Set(large.map(({ station }) => station))];
  const timeOf = (station: string) =>
    large.filter((part) => part.station === station).reduce((sum, part) => sum + part.mean, 0);
  const sorted = stations
    .map((station) => ({ station, time: timeOf(station) }))
    .sort((a, b) => b.time - a.time);
  return {
    parts: sorted.flatMap(({ station }) => large.filter((part) => part.station === station)),
    folded: {
      count: rest.length,
      mean: rest.reduce((sum, part) => sum + part.mean, 0),
      p99: rest.reduce((sum, part) => sum + part.p99, 0),
    },
  };
}
