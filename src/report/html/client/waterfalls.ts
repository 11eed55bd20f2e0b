import { formatQuantity } from '../../../units/format.ts';
import type { PageData, WaterfallData } from '../page-data.ts';
import { make, section } from './element.ts';

/** Parts below this share of both columns stand together in the last line. */
const small = 0.002;

/** Where a request's time goes: each part begins where the one above it ends, and they add up to the latency. */
export function waterfalls({ waterfalls: all }: PageData): HTMLElement | null {
  return section(
    'time',
    "Where a request's time goes",
    'On the mean over all answered operations, and over those near the 99th percentile. Each bar begins where the one above it ends. Striped: waiting; plain: being served.',
    ...all.map(waterfall),
  );
}

function waterfall({ title, box, mean, p99, parts }: WaterfallData): HTMLElement {
  const matters = (part: WaterfallData['parts'][number]) =>
    part.mean >= small * mean || part.p99 >= small * p99;
  const shown = parts.filter(matters);
  const rest = parts.filter((part) => !matters(part));
  const sum = (of: 'mean' | 'p99') => rest.reduce((total, part) => total + part[of], 0);
  const rows = [
    ...shown,
    ...(rest.length === 0
      ? []
      : [
          {
            box: '',
            station: 'other',
            phase: `${rest.length} small parts`,
            waits: false,
            mean: sum('mean'),
            p99: sum('p99'),
          },
        ]),
  ];
  const most = Math.max(p99, mean);
  const at = { mean: 0, p99: 0 };
  const body = rows.map((part) => {
    const cells = (['mean', 'p99'] as const).flatMap((of) => {
      const bar = barOf(at[of], part[of], of === 'mean' ? mean : most, part.waits);
      at[of] += part[of];
      return [make('td', { class: 'number' }, ms(part[of])), make('td', { class: 'bar-cell' }, bar)];
    });
    return make(
      'tr',
      { 'data-box': part.box },
      make('th', { scope: 'row' }, part.station),
      make('td', {}, part.phase),
      ...cells,
    );
  });
  const foot = make(
    'tr',
    { class: 'sum' },
    make('th', { scope: 'row' }, 'all'),
    make('td', {}),
    make('td', { class: 'number' }, ms(mean)),
    make('td', {}),
    make('td', { class: 'number' }, ms(p99)),
    make('td', {}),
  );
  const heads = ['station', 'phase', 'mean', '', 'near p99', ''].map((text, column) =>
    text === ''
      ? make('td', { 'aria-hidden': 'true' })
      : make('th', { scope: 'col', class: column > 1 ? 'number' : undefined }, text),
  );
  return make(
    'div',
    {
      class: 'table waterfall',
      tabindex: 0,
      role: 'region',
      'aria-label': `Where the time of ${title} goes`,
      'data-box': box,
    },
    make(
      'table',
      {},
      make('caption', {}, title),
      make('thead', {}, make('tr', {}, ...heads)),
      make('tbody', {}, ...body, foot),
    ),
  );
}

const ms = (seconds: number): string => formatQuantity(seconds, 'duration');

function barOf(from: number, length: number, whole: number, waits: boolean): HTMLElement {
  const bar = make('span', { class: waits ? 'fall waits' : 'fall' });
  bar.style.marginLeft = `${whole > 0 ? (100 * from) / whole : 0}%`;
  bar.style.width = `${whole > 0 ? (100 * length) / whole : 0}%`;
  return bar;
}
