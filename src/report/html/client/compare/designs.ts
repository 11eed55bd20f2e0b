import type { ComparePage, DesignCard } from '../../../compare/html/compare-data.ts';
import { make } from '../element.ts';
import { marks } from '../words.ts';
import { changeLine } from './change.ts';
import { designKey } from './design-key.ts';

/** A card a design: whether it holds, what it is worth, and what that is against the reference. */
export function designCards({ designs, reference }: ComparePage): HTMLElement {
  return make(
    'ul',
    { class: 'cards', 'aria-label': 'Designs' },
    ...designs.map((design, at) => card(design, at, at === reference)),
  );
}

function card({ label, name, status, word, facts, tally }: DesignCard, at: number, isReference: boolean) {
  return make(
    'li',
    { class: `panel card${isReference ? ' is-reference' : ''}` },
    make('h2', { class: 'card-name' }, designKey(at), make('span', {}, label)),
    make('p', { class: 'note card-title' }, name),
    make(
      'p',
      { class: `card-verdict is-${status}` },
      make('span', { class: 'mark', 'aria-hidden': 'true' }, marks[status]),
      make('strong', {}, ` ${word}`),
    ),
    make(
      'dl',
      { class: 'card-facts' },
      ...facts.map((fact) =>
        make(
          'div',
          {},
          make('dt', {}, fact.label),
          make('dd', { class: 'card-value' }, fact.value),
          make('dd', { class: 'card-change' }, changeLine(fact.change, fact.verdict)),
        ),
      ),
    ),
    tally === '' ? null : make('p', { class: 'note card-tally' }, `Figures: ${tally}`),
  );
}
