import { displayWidth, spaces, splitAtWidth } from './width.ts';

/** The last place in a word's beginning, past its first third, where an id or a path may end a line. */
const JOINT = /^.*[./:_-](?=.)/s;

export interface WrapOptions {
  /** Spaces before the first line. */
  readonly indent?: number;
  /** Spaces before every other line; the first line's unless told. */
  readonly hanging?: number;
}

/**
 * Breaks a text into lines of at most so many columns, indents included, between words. A word longer than a
 * line is broken where it must: behind a point, a dash or a slash if there is one near. Line feeds stay; runs of spaces become one. Paint the lines, not the text: a
 * style that spans a break would colour the indent too.
 */
export function wrap(text: string, columns: number, options: WrapOptions = {}): string[] {
  const { indent = 0, hanging = indent } = options;
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    const margin = (): number => (lines.length === 0 ? indent : hanging);
    const room = (): number => Math.max(1, columns - margin());
    const end = (): void => {
      lines.push(line === '' ? '' : spaces(margin()) + line);
      line = '';
    };
    for (const word of paragraph.split(' ').filter(Boolean)) {
      let rest = word;
      if (line !== '' && displayWidth(`${line} ${rest}`) > room()) end();
      while (line === '' && displayWidth(rest) > room()) {
        [line, rest] = splitWord(rest, room());
        end();
      }
      line = line === '' ? rest : `${line} ${rest}`;
    }
    end();
  }
  return lines;
}

/** The beginning of a word that fits, and the rest. */
function splitWord(word: string, columns: number): [string, string] {
  const [fits] = splitAtWidth(word, columns);
  const joint = JOINT.exec(word.slice(0, fits.length + 1))?.[0] ?? '';
  const length = joint.length * 3 > fits.length ? joint.length : fits.length;
  return [word.slice(0, length), word.slice(length)];
}
