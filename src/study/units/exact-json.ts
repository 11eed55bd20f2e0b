/**
 * JSON that loses nothing of plain data: numbers that JSON has no word for (NaN, infinities, the negative zero) are written
 * as `{"~": "NaN"}`. What would be lost in silence all the same (undefined, a class's instance, a function) is an error.
 */

const key = '~';
const words: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

/** @throws TypeError for what is no plain data, with its path */
export const writeExactJson = (value: unknown): string => JSON.stringify(marked(value, []));

export const readExactJson = (text: string): unknown =>
  JSON.parse(text, (_key, value) => (isMark(value) ? words[value[key]] : value));

function marked(value: unknown, path: readonly (string | number)[]): unknown {
  if (typeof value === 'number') return isOrdinary(value) ? value : { [key]: wordOf(value) };
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item, at) => marked(item, [...path, at]));
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype || key in value)
    throw new TypeError(`${path.join('/') || 'the value'} is no plain data`);
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, marked(each, [...path, name])]),
  );
}

const isOrdinary = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);
const wordOf = (value: number): string => (value === 0 ? '-0' : String(value));

const isMark = (value: unknown): value is { [key]: string } =>
  typeof value === 'object' && value !== null && key in value;
