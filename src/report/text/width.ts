const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a terminal swallows instead of showing it: colours and weights (CSI … m and its relatives). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const ESCAPE = /\u001b\[[0-9;]*[A-Za-z]/g;
/** Letters of the West, punctuation, arrows, signs of mathematics, lines and blocks: what nearly all texts are made of. */
const ONE_COLUMN_EACH =
  /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2013-\u2027\u2190-\u22ff\u2500-\u259f\u2713\u2717]*$/;
const INVISIBLE = /^[\p{Mark}\p{Control}\p{Format}]+$/u;
/** Half-width kana keep their sound marks beside them, in a column of their own. */
const HALF_WIDTH = /[\uff61-\uffdc\uffe8-\uffee]/g;
const WIDE =
  /^(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6])/u;
const EMOJI_VARIANT = /\ufe0f/;

/**
 * How many columns a terminal takes to show a text. Letters, × ± µ →, lines and blocks take one; Chinese,
 * Japanese, Korean and emoji take two; marks that join the letter before them, and escape sequences, none.
 */
export function displayWidth(text: string): number {
  const shown = text.includes('\u001b') ? text.replace(ESCAPE, '') : text;
  if (ONE_COLUMN_EACH.test(shown)) return shown.length;
  let columns = 0;
  for (const { segment } of graphemes.segment(shown)) columns += graphemeWidth(segment);
  return columns;
}

function graphemeWidth(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0;
  const halves = grapheme.match(HALF_WIDTH);
  if (halves) return halves.length;
  if (EMOJI_VARIANT.test(grapheme)) return 2;
  return WIDE.test(grapheme) ? 2 : 1;
}

/** Cuts a text to a number of columns, the last of which is then `…`. Escape sequences survive, so that styles end. */
export function truncate(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  if (columns <= 0) return '';
  const kept: string[] = [];
  let left = columns - 1;
  let isCut = false;
  for (const piece of pieces(text)) {
    if (piece.width === 0) kept.push(piece.text);
    else if (!isCut && piece.width <= left) {
      kept.push(piece.text);
      left -= piece.width;
    } else if (!isCut) {
      kept.push('…');
      isCut = true;
    }
  }
  return kept.join('');
}

/** The longest beginning of a text that fits, and the rest; the beginning is never empty. */
export function splitAtWidth(text: string, columns: number): [fits: string, rest: string] {
  let width = 0;
  let length = 0;
  for (const piece of pieces(text)) {
    if (length > 0 && width + piece.width > columns) break;
    width += piece.width;
    length += piece.text.length;
  }
  return [text.slice(0, length), text.slice(length)];
}

function* pieces(text: string): Generator<{ text: string; width: number }> {
  let from = 0;
  for (const sequence of [...text.matchAll(ESCAPE), undefined]) {
    const to = sequence?.index ?? text.length;
    for (const { segment } of graphemes.segment(text.slice(from, to))) {
      yield { text: segment, width: graphemeWidth(segment) };
    }
    if (sequence) yield { text: sequence[0], width: 0 };
    from = to + (sequence?.[0].length ?? 0);
  }
}

/** Fills a text with spaces on its right; what is too long stays as it is. */
export const alignLeft = (text: string, columns: number): string =>
  text + spaces(columns - displayWidth(text));

/** Fills a text with spaces on its left; what is too long stays as it is. */
export const alignRight = (text: string, columns: number): string =>
  spaces(columns - displayWidth(text)) + text;

/** One line with a text at each end. Where both do not fit, the left one is cut, to make room for the right one. */
export function apart(left: string, right: string, columns: number): string {
  if (right === '') return truncate(left, columns);
  const shownRight = truncate(right, columns);
  const room = columns - displayWidth(shownRight);
  const shownLeft = truncate(left, room - 2);
  return alignLeft(shownLeft, room) + shownRight;
}

export const spaces = (count: number): string => ' '.repeat(Math.max(0, count));
