import { displayWidth } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { Page } from './page.ts';

const gap = 2;

/** Puts a title into the empty beginning of a table's header, over as many columns as it takes, or above it. */
export function titled(
  title: string,
  [header = '', ...body]: readonly string[],
  { columns, style }: Page,
): string[] {
  const empty = /^ */.exec(header)?.[0].length ?? 0;
  const width = displayWidth(title);
  return width + gap <= empty
    ? [style.bold(title) + header.slice(width), ...body]
    : [...wrap(title, columns, { hanging: 2 }).map(style.bold), header, ...body];
}
