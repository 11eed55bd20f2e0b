import { displayWidth, spaces, splitAtWidth } from './width.ts';

export interface WrapOptions {
  /** Spaces before the first line. */
  readonly indent?: number;
  /** Spaces before every other line; the first line's unless told. */
  readonly hanging?: number;
}

/**
 * Breaks a text into lines of at most so many columns, indents included, between words. A word longer than a
 * line is broken where it must. Line feeds stay; runs of spaces become one. Paint the lines, not the text: a
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
        [line, rest] = splitAtWidth(rest, room());
        end();
      }
      line = line === '' ? rest : `${line} ${rest}`;
    }
    end();
  }
  return lines;
}
