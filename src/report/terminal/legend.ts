import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

/** What a mark beside a number means; explained where it stands somewhere on the page. */
const marks: readonly (readonly [RegExp, string])[] = [
  [/~\d/, '~ few observations (under 500 a run in the tail): take it as a hint'],
  [/∞/, '∞ so many operations had no good answer that this latency is infinite'],
  [
    /at most [\d.]+×/,
    'at most N×: then the tightest part is full, if its use grows as the load does; needs may break before',
  ],
  [
    />= \d[\d.]*% .*(?:inside|outside)/,
    'margins of shares that must be high are of the rest: 50% inside >= 99.9% is 0.05% that fail',
  ],
  [
    /†/,
    '† an autoscaler adds to it, or it does more at once when it has more to do: sets no bound to the load',
  ],
];

/** The meaning of the marks that stand in these lines. */
export const legendSection = (lines: readonly string[], { style, columns }: Page): Section =>
  marks
    .filter(([mark]) => lines.some((line) => mark.test(line)))
    .flatMap(([, meaning]) => wrap(meaning, columns, { indent: 0, hanging: 2 }))
    .map(style.dim);
