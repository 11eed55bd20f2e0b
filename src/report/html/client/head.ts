import type { PageData } from '../page-data.ts';
import { make } from './element.ts';
import { change, view } from './view.ts';
import { marks } from './words.ts';

/** What was asked, the verdict in one sentence, and five figures. */
export function head({ head: facts, tiles }: Pick<PageData, 'head' | 'tiles'>): HTMLElement {
  const { name, title, runs, status, word, sentence, reasons } = facts;
  return make(
    'header',
    { class: 'head' },
    make(
      'div',
      { class: 'head-line' },
      make('h1', {}, name),
      make('p', { class: 'runs' }, make('span', { class: 'brand' }, 'Headroom'), ` ${runs}`),
    ),
    title === undefined ? null : make('p', { class: 'title' }, title),
    make(
      'p',
      { class: `verdict is-${status}` },
      make('span', { class: 'mark', 'aria-hidden': 'true' }, marks[status]),
      make('strong', {}, word),
      make('span', {}, ` ${sentence}`),
    ),
    reasons.length === 0
      ? null
      : make('ul', { class: 'reasons' }, ...reasons.map((reason) => make('li', {}, reason))),
    make('dl', { class: 'tiles', 'aria-label': 'Key figures' }, ...tiles.map(tile)),
  );
}

function tile({ label, value, note, status, box }: PageData['tiles'][number]): HTMLElement {
  const made = make(
    'div',
    { class: `tile is-${status}` },
    make('dt', {}, label),
    make('dd', { class: value.length > 16 ? 'value long' : 'value', title: value }, value),
    make('dd', { class: 'about', title: note }, note),
  );
  if (box !== undefined) {
    made.classList.add('leads');
    made.addEventListener('click', () => change({ box: view().box === box ? null : box }));
  }
  return made;
}
