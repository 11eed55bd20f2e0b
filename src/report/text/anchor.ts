import { displayWidth, spaces } from './width.ts';

/** How the texts of one column stand below each other. */
export interface Anchored {
  /** Columns that the widest text takes, once all are placed. */
  readonly width: number;
  /** Columns behind the anchor. */
  readonly behind: number;
  /** Where in a text its anchor is, in columns; nothing if it has none, and stands to the right. */
  anchorOf(text: string): number | undefined;
}

/** Up to the point of the first number, or its end if it has none. */
const WHOLE_PART = /^[^\d]*\d[\d,]*/;
/** The first number with its decimals. */
const NUMBER = /^[^\d]*\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?/;

/** `≥ 99.9%` has nothing that could stand below a ±. */
const ONE_SIDED = /^[≥≤]/;

const anchors: Record<string, (text: string) => number | undefined> = {
  decimal: (text) => matchedWidth(WHOLE_PART, text),
  interval: (text) => {
    if (ONE_SIDED.test(text)) return undefined;
    const sign = text.indexOf(' ±');
    return sign >= 0 ? displayWidth(text.slice(0, sign)) : matchedWidth(NUMBER, text);
  },
};

const matchedWidth = (pattern: RegExp, text: string): number | undefined => {
  const matched = pattern.exec(text)?.[0];
  return matched === undefined ? undefined : displayWidth(matched);
};

/** Measures a column: a text with an anchor has it below the others', and one without ends where the column ends. */
export function anchorsOf(align: string | undefined, texts: readonly string[]): Anchored {
  const anchorOf = anchors[align ?? 'left'] ?? (() => undefined);
  let before = 0;
  let behind = 0;
  let unanchored = 0;
  for (const text of texts) {
    const anchor = anchorOf(text);
    const width = displayWidth(text);
    if (anchor === undefined) unanchored = Math.max(unanchored, width);
    else {
      before = Math.max(before, anchor);
      behind = Math.max(behind, width - anchor);
    }
  }
  return { width: Math.max(before + behind, unanchored), behind, anchorOf };
}

/** Fills a text on its right, so that its anchor stands as far from the column's end as all others'. */
export function placeAtAnchor(shown: string, text: string, { behind, anchorOf }: Anchored): string {
  const anchor = anchorOf(text);
  return anchor === undefined ? shown : shown + spaces(behind - (displayWidth(text) - anchor));
}
