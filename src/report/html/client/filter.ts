import { make } from './element.ts';
import { view, watch } from './view.ts';

/** Hides what is not about the chosen box; a section in which nothing is left says so. */
export function filterBy(root: HTMLElement): void {
  const show = () => {
    const { box } = view();
    root.classList.toggle('filtered', box !== null);
    for (const part of root.querySelectorAll<HTMLElement>('[data-box]:not(svg *)')) {
      part.classList.toggle('other', box !== null && !isAbout(part, box));
    }
    for (const group of root.querySelectorAll<HTMLElement>('.figures')) {
      const isEmpty = box !== null && group.querySelector('[data-box]:not(.other)') === null;
      group.querySelector('.empty')?.remove();
      if (isEmpty) group.append(make('p', { class: 'empty note' }, 'Nothing here about the chosen box.'));
    }
  };
  watch((now, before) => {
    if (now.box !== before.box) show();
  });
  show();
}

/** A waterfall is about every station that time goes to. */
function isAbout(part: HTMLElement, box: string): boolean {
  if (part.dataset.box === box) return true;
  if (part.querySelector(`[data-box="${CSS.escape(box)}"]`) !== null) return true;
  const around = part.parentElement?.closest<HTMLElement>('[data-box]');
  return around?.dataset.box === box;
}
