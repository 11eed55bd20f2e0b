import type { FaultBar } from '../page-data.ts';
import { button, make } from './element.ts';
import type { Axis } from './line-chart.ts';
import { table } from './table.ts';

/** What happened after a fault in the first run, by the time since its onset; each time moves the drawing there. */
export function incident({ lines, name, notes }: FaultBar, axis: Axis): HTMLElement | null {
  if (lines.length === 0 && notes.length === 0) return null;
  const rows = lines.map(({ at, since, text }) => [
    button(since, { class: 'link-button', 'aria-label': `Go to ${since} after the onset` }, () =>
      axis.setPin(at),
    ),
    text,
  ]);
  return make(
    'details',
    { class: 'incident' },
    make('summary', {}, `After ${name}`),
    ...notes.map((note) => make('p', { class: 'note small-note' }, note)),
    rows.length === 0
      ? null
      : table(`What happened after ${name}, first run`, [{ header: 'since' }, { header: 'what' }], rows),
  );
}
