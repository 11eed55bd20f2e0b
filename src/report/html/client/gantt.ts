import { textOn } from '../../palette.ts';
import { timeText } from '../../reading/axis-text.ts';
import type { FaultBar, PageData, TimelineData } from '../page-data.ts';
import { button, make } from './element.ts';
import { heatStrips, heatTable } from './heat-strips.ts';
import { incident } from './incident.ts';
import type { Axis } from './line-chart.ts';
import { table, tableBehind } from './table.ts';
import { onTheme, seriesColor } from './theme.ts';

/** Occurrences shown before anyone asks for all. */
const fewOccurrences = 200;

/** Faults from onset to end with the phases of recovery, what else happened, and how busy everything was: on the charts' axis. */
export function gantt(page: Pick<PageData, 'timeline' | 'topology'>, axis: Axis): HTMLElement | null {
  const { timeline } = page;
  const { faults, occurrences } = timeline;
  const strips = heatStrips(page, axis);
  if (faults.length === 0 && occurrences.length === 0 && strips.length === 0) return null;
  const length = timeline.bucket * timeline.buckets;
  const bars: { element: HTMLElement; from: number; to: number }[] = [];
  const bar = (kind: string, from: number, to: number, text: string, title: string) => {
    const element = make(
      'span',
      { class: `span ${kind}`, title },
      make('span', { class: 'span-text' }, text),
    );
    bars.push({ element, from, to });
    return element;
  };
  const rows = faults.flatMap((fault) => faultRows(fault, length, bar));
  const ticks = occurrences.map(({ at, text }) => bar('tick', at, at, '', `${timeText(at)}: ${text}`));
  const happened =
    ticks.length === 0
      ? []
      : [
          row(
            'what happened',
            `${ticks.length}`,
            make('div', { class: 'lane', 'aria-hidden': 'true' }, ...ticks),
          ),
        ];
  const ruler = make('div', { class: 'ruler', 'aria-hidden': 'true' });
  const marks = (['cross', 'pin'] as const).map((kind) => make('span', { class: `${kind} in-gantt` }));
  const place = () => {
    const [from, to] = axis.shown();
    const leftOf = (at: number) => `${(100 * (at - from)) / (to - from)}%`;
    for (const [mark, at] of [
      [marks[0], axis.hover()],
      [marks[1], axis.pin()],
    ] as const) {
      mark.hidden = at === null || at < from || at > to;
      if (at !== null) mark.style.left = leftOf(at);
    }
    ruler.replaceChildren(
      ...axis
        .ticks(from, to, 8)
        .filter((at) => at <= from + 0.95 * (to - from))
        .map((at) => {
          const tick = make('span', { class: 'ruler-tick' }, axis.text(at));
          tick.style.left = leftOf(at);
          return tick;
        }),
    );
    for (const { element, from: start, to: end } of bars) {
      const [left, right] = [start, end].map(
        (at) => (100 * (Math.min(to, Math.max(from, at)) - from)) / (to - from),
      );
      element.hidden = end < from || start > to;
      element.style.left = `${left}%`;
      element.style.width = element.classList.contains('tick') ? '' : `${right - left}%`;
    }
  };
  place();
  axis.watch(place);
  return make(
    'div',
    { class: 'gantt' },
    make('h3', {}, titleOf(faults.length > 0, strips.length > 0)),
    make(
      'div',
      { class: 'gantt-rows' },
      ...rows,
      ...happened,
      ...strips,
      row('', '', ruler),
      make('div', { class: 'gantt-marks', 'aria-hidden': 'true' }, ...marks),
    ),
    strips.length === 0
      ? null
      : make(
          'p',
          { class: 'note small-note' },
          `One strip a region, from the top: ${page.topology.regions.map(({ name }) => name).join(', ')}.`,
        ),
    ...faults.map((fault) => incident(fault, axis)),
    tableBehind(titleOf(faults.length > 0, strips.length > 0), () =>
      make(
        'div',
        {},
        ...(occurrences.length + faults.length > 0 ? [occurrenceTable(timeline, axis)] : []),
        ...(strips.length > 0 ? [heatTable(page)] : []),
      ),
    ),
  );
}

function titleOf(hasFaults: boolean, hasStrips: boolean): string {
  if (!hasStrips) return hasFaults ? 'Faults and recovery' : 'What happened';
  return hasFaults ? 'Faults, recovery, and how busy everything is' : 'How busy everything is';
}

function faultRows(
  fault: FaultBar,
  length: number,
  bar: (kind: string, from: number, to: number, text: string, title: string) => HTMLElement,
): HTMLElement[] {
  const { name, fault: sort, at, until, recoveredAt, phases, rto, rpo } = fault;
  const end = until ?? length;
  const span =
    until === at
      ? `at ${timeText(at)}`
      : `${timeText(at)} to ${until === undefined ? 'the end of the run' : timeText(until)}`;
  const facts = [...(rto === undefined ? [] : [`RTO ${rto}`]), ...(rpo === undefined ? [] : [`RPO ${rpo}`])];
  const lane = make(
    'div',
    { class: 'lane' },
    bar('fault', at, end, sort, `${sort}, ${span}`),
    recoveredAt === undefined || recoveredAt <= end
      ? null
      : bar('felt', end, recoveredAt, 'still felt', `still felt until ${timeText(recoveredAt)}`),
  );
  const lanes = lanesOf(phases);
  const recovery = phases.map((phase, index) => {
    const made = bar('phase', phase.at, phase.until, phase.name, `${phase.name}, ${phase.text}`);
    const paint = () => {
      made.style.background = seriesColor(index);
      made.style.color = textOn(seriesColor(index));
    };
    paint();
    onTheme(paint);
    return made;
  });
  return [
    row(name, facts.length === 0 ? span : facts.join(' · '), lane),
    ...(recovery.length === 0 ? [] : [row('', 'phases of the way back', stackOf(recovery, lanes))]),
  ];
}

/** Phases that overlap lie below each other: the number of each one's lane. */
function lanesOf(phases: FaultBar['phases']): number[] {
  const ends: number[] = [];
  return phases.map(({ at, until }) => {
    const free = ends.findIndex((end) => end <= at + 1e-9);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = until;
    return lane;
  });
}

function stackOf(bars: readonly HTMLElement[], lanes: readonly number[]): HTMLElement {
  const count = Math.max(...lanes) + 1;
  return make(
    'div',
    { class: 'lanes' },
    ...Array.from({ length: count }, (_, lane) =>
      make('div', { class: 'lane' }, ...bars.filter((_bar, at) => lanes[at] === lane)),
    ),
  );
}

const row = (name: string, fact: string, lane: HTMLElement): HTMLElement =>
  make(
    'div',
    { class: 'gantt-row' },
    make('p', { class: 'gantt-name' }, make('strong', {}, name), make('span', {}, fact)),
    lane,
  );

function occurrenceTable({ occurrences, faults }: TimelineData, axis: Axis): HTMLElement {
  const go = (at: number) =>
    button(timeText(at), { class: 'link-button', 'aria-label': `Go to ${timeText(at)}` }, () =>
      axis.setPin(at),
    );
  const phases = faults.flatMap(({ name, phases: all }) =>
    all.map((phase) => ({
      at: phase.at,
      text: `${name}: ${phase.name}, ${phase.text}`,
    })),
  );
  const rows = [...occurrences, ...phases].sort((a, b) => a.at - b.at);
  return table(
    'What happened in the first run',
    [{ header: 'at' }, { header: 'what' }],
    rows.slice(0, fewOccurrences).map(({ at, text }) => [go(at), text]),
  );
}
