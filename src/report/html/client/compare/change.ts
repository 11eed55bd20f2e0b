import type { ChangeVerdict } from '../../../../result/index.ts';
import { make } from '../element.ts';
import { changeMarks, changeWords } from '../words.ts';

/** How something differs from the reference, and whether that is better: in a sign and a word, never in colour alone. */
export function changeLine(change: string, verdict: ChangeVerdict | undefined): HTMLElement | null {
  if (verdict === undefined && change === '') return null;
  const word =
    verdict === undefined
      ? null
      : make(
          'span',
          { class: `change-word is-${verdict.replace(' ', '-')}`, title: changeWords[verdict] },
          make('span', { 'aria-hidden': 'true' }, changeMarks[verdict]),
          verdict === 'unclear'
            ? make('span', { class: 'unseen' }, changeWords[verdict])
            : ` ${changeWords[verdict]}`,
        );
  return make('span', { class: 'change' }, change === '' ? null : make('span', {}, change), ' ', word);
}
