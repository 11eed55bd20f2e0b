import type { PageData, TargetRow } from '../page-data.ts';
import { make, section } from './element.ts';
import { type TableColumn, table } from './table.ts';
import { change } from './view.ts';
import { marks, statusWords } from './words.ts';

/** What is not kept, in full, and what is, in a line each: on the left above the fold. */
export function targetPanel({ targets }: PageData): HTMLElement {
  const open = targets.filter(({ status }) => status !== 'pass');
  const kept = targets.filter(({ status }) => status === 'pass');
  return make(
    'section',
    { class: 'panel targets', 'aria-labelledby': 'targets-panel-title' },
    make('h2', { id: 'targets-panel-title' }, titleOf(targets)),
    make(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': 'targets-panel-title' },
      targets.length === 0
        ? make(
            'p',
            { class: 'note' },
            'Write what the design must keep under targets: in the scenario, and the verdict will be about that.',
          )
        : null,
      make('ul', { class: 'target-list' }, ...[...open, ...kept].map(item)),
    ),
  );
}

/** `2 of 13 targets not kept, 4 undecided`: of every metric that a target with `*` is held against. */
function titleOf(targets: readonly TargetRow[]): string {
  if (targets.length === 0) return 'No targets set';
  const undecided = targets.filter(({ status }) => status === 'inconclusive').length;
  const broken = targets.filter(({ status }) => status !== 'pass').length - undecided;
  const of = `of ${targets.length} ${targets.length === 1 ? 'target' : 'targets'}`;
  if (broken > 0) return `${broken} ${of} not kept${undecided > 0 ? `, ${undecided} undecided` : ''}`;
  return undecided > 0 ? `${undecided} ${of} undecided` : 'All targets are kept';
}

function item(target: TargetRow): HTMLElement {
  const { text, part, level, status, measured, margin, within, reason, because, box } = target;
  const isKept = status === 'pass';
  const notes = isKept
    ? []
    : [
        reason,
        because === undefined ? undefined : `${level === 'claim' ? 'claimed' : 'asked'} because ${because}`,
      ];
  const name = make('button', { type: 'button', class: 'target-name' }, text);
  name.addEventListener('click', () => change({ box }));
  return make(
    'li',
    { class: `target is-${status}` },
    make('span', { class: 'mark', role: 'img', 'aria-label': statusWords[status] }, marks[status]),
    make(
      'div',
      { class: 'target-body' },
      make(
        'p',
        { class: 'target-text' },
        name,
        part === undefined ? null : make('span', { class: 'part' }, ` ${part}`),
      ),
      make(
        'p',
        { class: 'target-numbers' },
        make('span', { class: 'measured' }, measured),
        make('span', { class: 'margin' }, margin),
        level === 'claim' ? make('span', { class: 'level' }, 'claim') : null,
      ),
      isKept ? null : gauge(target),
      ...[within, ...notes]
        .filter((note) => note !== undefined)
        .map((note) => make('p', { class: 'why' }, note)),
    ),
  );
}

/** Measured against its limit on one bar: the limit is the line. */
function gauge({ ratio, status, measured, isUpper }: TargetRow): HTMLElement | null {
  if (ratio === undefined || ratio < 0) return null;
  const most = Math.max(1.25, ratio * 1.08);
  const bar = make('span', { class: `gauge-bar is-${status}` });
  bar.style.width = `${(100 * ratio) / most}%`;
  const limit = make('span', { class: 'gauge-limit' });
  limit.style.left = `${100 / most}%`;
  const label = `measured ${measured}, ${ratio.toPrecision(3)} times the ${isUpper ? 'upper' : 'lower'} limit`;
  return make('span', { class: 'gauge', role: 'img', 'aria-label': label }, bar, limit);
}

const columns: TableColumn[] = [
  { header: '' },
  { header: 'target' },
  { header: 'of' },
  { header: 'level' },
  { header: 'measured', isNumber: true },
  { header: 'margin', isNumber: true },
  { header: 'why' },
];

/** All of them. */
export const targetTable = ({ targets }: PageData): HTMLElement | null =>
  section(
    'targets',
    'Targets',
    'A need that is broken fails the design; a claim that is refuted only contradicts its author.',
    targets.length === 0
      ? null
      : table(
          'Targets, failures first',
          columns,
          targets.map(
            ({ text, part = '', level, status, measured, margin, within = '', reason = '', because }) => [
              make(
                'span',
                { class: `mark is-${status}`, role: 'img', 'aria-label': statusWords[status] },
                marks[status],
              ),
              make('code', {}, text),
              part,
              level,
              measured,
              margin,
              [within, reason, because === undefined ? '' : `because ${because}`].filter(Boolean).join('; '),
            ],
          ),
          true,
        ),
  );
