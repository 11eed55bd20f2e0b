import { heatColors, seriesColors, type Theme } from '../palette.ts';

/** Colours of what is not data. */
export interface Inks {
  readonly page: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly good: string;
  readonly bad: string;
  readonly series: readonly string[];
  readonly heat: readonly string[];
}

export const inksOf = (theme: Theme): Inks => ({
  ...(theme === 'light'
    ? { page: '#ffffff', ink: '#14202b', muted: '#566472', grid: '#e3e9ee', good: '#00805a', bad: '#c0392b' }
    : {
        page: '#151c23',
        ink: '#e7edf2',
        muted: '#9dabb8',
        grid: '#2b3640',
        good: '#2fc495',
        bad: '#ff8a70',
      }),
  series: seriesColors[theme],
  heat: heatColors[theme],
});

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; texts in it are escaped already. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(typeof value === 'number' ? short(value) : String(value))}"`)
    .join('');
  return content.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${content.join('')}</${name}>`;
}

/** Two digits of a pixel are more than anybody sees. */
const short = (value: number): string => String(Math.round(value * 100) / 100);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text that is no markup, whatever is in it; XML has no place for control characters. */
export const escaped = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  text.replace(/[\u0000-\u001f\u007f\ufffe\uffff]/g, ' ').replace(/[&<>"]/g, (each) => entities[each]);

export interface TextLook {
  readonly size: number;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
}

export const text = (x: number, y: number, words: string, { size, fill, anchor, bold }: TextLook): string =>
  element(
    'text',
    {
      x,
      y,
      'font-size': size,
      fill,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      'font-weight': bold ? 'bold' : undefined,
    },
    escaped(words),
  );

/** A whole picture; `label` says in words what is to be seen. */
export const picture = (
  { width, height }: { readonly width: number; readonly height: number },
  label: string,
  inks: Inks,
  content: readonly string[],
): string =>
  element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': label,
      'font-family': fontFamily,
    },
    element('rect', { width, height, fill: inks.page }),
    ...content,
  );

/** The font that pictures are drawn with; a page that has none of that name takes the next. */
export const fontFamily = 'Headroom Sans, DejaVu Sans, Verdana, sans-serif';

/** About how wide a text is: letters of DejaVu Sans take 0.6 of its size on the mean. */
export const widthOf = (words: string, size: number): number => words.length * size * 0.61;

/** A text no wider than so many pixels. */
export function fitted(words: string, size: number, width: number): string {
  const most = Math.max(1, Math.floor(width / (size * 0.61)));
  return words.length <= most ? words : `${words.slice(0, most - 1).trimEnd()}…`;
}
