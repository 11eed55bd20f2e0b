/** Gives a text a look without changing how many columns it takes. */
export type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

const paint = (open: number, close: number): Paint => {
  const opening = `\u001b[${open}m`;
  const closing = `\u001b[${close}m`;
  // An inner text with the same ending would end the outer one too early: begin the outer one again.
  return (text) => (text === '' ? '' : opening + text.replaceAll(closing, closing + opening) + closing);
};

const plain: Paint = (text) => text;

const COLOURED: Style = {
  bold: paint(1, 22),
  dim: paint(2, 22),
  red: paint(31, 39),
  green: paint(32, 39),
  yellow: paint(33, 39),
  cyan: paint(36, 39),
};

const PLAIN: Style = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain };

/** Escape sequences of ANSI terminals, or texts as they are. Whether there is colour is the command's to know. */
export const styleOf = (hasColour: boolean): Style => (hasColour ? COLOURED : PLAIN);
