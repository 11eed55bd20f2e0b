import { alignLeft, displayWidth } from '../text/width.ts';
import type { Section } from './page.ts';

const gap = 4;
/** Where each half still has the room of a small terminal. */
const widestSingle = 150;
/** A page that is no taller than this needs no second column. */
const shortPage = 28;

/** Columns that a section of the body has. */
export const bodyColumns = (columns: number): number =>
  columns >= widestSingle ? Math.floor((columns - gap) / 2) : columns;

/** Sections below each other with a line between them. */
export const stacked = (sections: readonly Section[]): string[] =>
  sections.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines]));

/**
 * Sections in the order of reading: below each other, or on a wide terminal in two columns, the first as long as makes
 * the page shortest.
 *
 * @param sections laid out in `bodyColumns(columns)`
 */
export function flow(sections: readonly Section[], columns: number): string[] {
  const all = stacked(sections);
  const width = bodyColumns(columns);
  if (width === columns || all.length <= shortPage) return all;
  const splits = sections.map((_, at) => ({
    left: stacked(sections.slice(0, at + 1)),
    right: stacked(sections.slice(at + 1)),
  }));
  const height = ({ left, right }: (typeof splits)[number]) => Math.max(left.length, right.length);
  const { left, right } = splits.reduce((best, split) => (height(split) < height(best) ? split : best));
  return Array.from({ length: height({ left, right }) }, (_, line) => {
    const beside = right[line] ?? '';
    const here = left[line] ?? '';
    return displayWidth(beside) === 0 ? here : alignLeft(here, width + gap) + beside;
  });
}
