import { type Dimension, parseQuantity } from '../../../units/index.ts';

/** What bare numbers are counted in. */
export interface NumberUnit {
  readonly dimension: Dimension;
  /** Base units in one. */
  readonly scale: number;
  readonly name: string;
}

/** A unit by its name; undefined where there is none of that name. */
export function unitOf(name: string): NumberUnit | undefined {
  if (name === 'count') return { dimension: 'count', scale: 1, name };
  for (const dimension of ['duration', 'size'] as const) {
    const one = parseQuantity(`1${name}`, dimension);
    if (one.value !== undefined) return { dimension, scale: one.value, name };
  }
  return undefined;
}

const spelled: Readonly<Record<string, string>> = {
  nanos: 'ns',
  micros: 'us',
  millis: 'ms',
  msec: 'ms',
  usec: 'us',
  secs: 's',
  bytes: 'B',
  byte: 'B',
};

/** The unit that a heading or a metric's name ends in: `latency_ms`, `duration (s)`, `size_bytes`. */
export function unitInName(name: string): NumberUnit | undefined {
  const word = /(?:^|[\s_.\-([])([A-Za-zµ]+)[)\]]?$/.exec(name.trim())?.[1];
  if (word === undefined || /^[mhdwy]$/.test(word)) return undefined;
  return unitOf(spelled[word.toLowerCase()] ?? word);
}

/** What numbers written in decimals are multiples of: 0.001 of 3.142. Of powers of ten too. */
export function decimalStep(text: string): number {
  const [, decimals = '', power = '0'] = /^[^.eE]*(?:\.(\d*))?(?:[eE]([+-]?\d+))?/.exec(text) ?? [];
  return 10 ** (Number(power) - decimals.length);
}
