import type { ComparePage } from '../../../compare/html/compare-data.ts';
import { make, section } from '../element.ts';
import { designKey } from './design-key.ts';

type Difference = ComparePage['differences'][number][number];

/** Shown of each design before anyone asks for more. */
const few = 40;

/** Where each scenario says something else than the reference, as a diff. */
export function differences({ designs, reference, differences: all }: ComparePage): HTMLElement | null {
  const others = designs.map((design, at) => ({ design, at })).filter(({ at }) => at !== reference);
  return section(
    'differences',
    'What differs between the scenarios',
    `As they were run, files inlined, against ${designs[reference].label}: what it says there (−), and what stands in its place (+).`,
    make(
      'div',
      { class: 'diffs' },
      ...others.map(({ design, at }) =>
        make(
          'div',
          { class: 'panel diff' },
          make('h3', {}, designKey(at), ' ', design.label),
          all[at].length === 0
            ? make('p', { class: 'note' }, 'Nothing: the scenarios say the same.')
            : make(
                'div',
                {
                  class: 'diff-lines',
                  tabindex: 0,
                  role: 'region',
                  'aria-label': `What ${design.label} changes`,
                },
                ...lines(all[at]),
              ),
        ),
      ),
    ),
  );
}

function lines(found: readonly Difference[]): HTMLElement[] {
  const shown = found.slice(0, few).map(line);
  const rest = found.slice(few);
  if (rest.length === 0) return shown;
  return [
    ...shown,
    make('details', { class: 'fold' }, make('summary', {}, `${rest.length} more`), ...rest.map(line)),
  ];
}

function line({ path, from, to }: Difference): HTMLElement {
  const side = (tag: 'del' | 'ins', sign: string, text: string | undefined) =>
    text === undefined
      ? null
      : make(tag, {}, make('span', { class: 'sign', 'aria-hidden': 'true' }, sign), make('code', {}, text));
  return make(
    'div',
    { class: 'diff-line' },
    make('p', { class: 'diff-path' }, make('code', {}, path)),
    side('del', '−', from),
    side('ins', '+', to),
  );
}
