import type { Names } from '../reading/names.ts';
import type { Style } from '../text/style.ts';

/** What a section of the terminal report is laid out with. */
export interface Page {
  readonly style: Style;
  /** Columns of the terminal, or of the half of it that a section gets. */
  readonly columns: number;
  readonly names: Names;
}

/** Lines of a section; none where the result has nothing to say about it. */
export type Section = readonly string[];
