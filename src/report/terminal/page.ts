import type { Style } from '../text/style.ts';

/** What a section of the terminal report is laid out with. */
export interface Page {
  readonly style: Style;
  /** Columns of the terminal. */
  readonly columns: number;
}

/** Lines of a section; none where the result has nothing to say about it. */
export type Section = readonly string[];
