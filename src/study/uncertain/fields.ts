import { inputName, type UncertainInput } from '../../scenario/index.ts';
import { type Domain, threeQuantiles } from '../../sim/distributions/index.ts';
import { type Dimension, parseQuantity } from '../../units/index.ts';

/** An uncertain input, as it is drawn from. */
export interface Field {
  /** `workloads.trades.arrivals.rate`: the name by which it is drawn. */
  readonly path: string;
  readonly low: string;
  readonly mid: string;
  readonly high: string;
  /** The quantity at a probability strictly inside (0, 1), as it is written in a scenario. */
  readonly at: (u: number) => string;
  /** The quantity between low and high in a straight line, from 0 to 1. */
  readonly between: (share: number) => string;
}

/** Whether the scenario stands with a value in the place of a range. */
export type Stands = (path: string, value: string) => boolean;

/** Reads a range of a scenario that stands. Whole numbers stay whole, and shares below 1, as the scenario wants them. */
export function fieldOf(input: UncertainInput, stands: Stands): Field {
  const { low, mid, high } = input;
  const path = inputName(input);
  const { values, write } = readValues([low, mid, high].map(String));
  const [from, middle, to] = values;
  // The mid stands; low need not, beside something else that the scenario says.
  const isWhole =
    to > from &&
    values.every(Number.isInteger) &&
    [middle - 0.5, middle + 0.5].every((fraction) => !stands(path, write(fraction)));
  const whole = write(1);
  const top = whole === '1%' ? 100 : 1;
  const isShare = !isWhole && to <= top && from >= 0 && isBare(whole) && !stands(path, write(top * 1.001));
  const domain: Domain = from < 0 ? 'any' : isShare ? 'share' : 'positive';
  const scale = isShare ? top : 1;
  const [l, m, h] = values.map((value) => value / scale);
  const quantile = threeQuantiles({ low: l, mid: m, high: h }, domain);
  const written = (value: number) => write(isWhole ? Math.round(value) : rounded(value * scale));
  return {
    path,
    low: String(low),
    mid: String(mid),
    high: String(high),
    at: (u) => written(quantile(u)),
    between: (share) => written(l + (h - l) * share),
  };
}

const isBare = (one: string): boolean => one === '1' || one === '1%';

/** Digits enough for a model, and few enough to read. */
const rounded = (value: number): number => Number(value.toPrecision(10));

const amount = /^\s*(-?\$?)\s*([+-]?[\d_]*\.?[\d_]+(?:[eE][+-]?\d+)?)\s*([^\d]*?)\s*$/;

interface Values {
  readonly values: readonly number[];
  readonly write: (value: number) => string;
}

/** Amounts in the one unit that all are written in, a zero being of any; else in the base unit of what all of them are. */
function readValues(texts: readonly string[]): Values {
  const parts = texts.map((text) => amount.exec(text));
  const units = new Set(
    parts.flatMap((part) => (part === null ? ['?'] : Number(part[2]) === 0 ? [] : [`${part[1]} ${part[3]}`])),
  );
  const [unit = ' '] = units;
  if (units.size <= 1 && unit !== '?' && !unit.startsWith('-')) {
    const [before, behind] = unit.split(' ');
    return {
      values: parts.map((part) => Number(part?.[2].replaceAll('_', ''))),
      write: (value) => `${before}${value}${behind}`,
    };
  }
  for (const [dimension, write] of Object.entries(bases)) {
    const read = texts.map((text) => parseQuantity(text, dimension as Dimension));
    const values = read.flatMap((each) => (each.problem === undefined ? [each.value] : []));
    if (values.length === texts.length) return { values, write };
  }
  throw new Error(`a scenario stands with ${texts.join(', ')}, which are not of one dimension`);
}

/** How an amount of the base unit is written; what reads plain numbers comes last. */
const bases: Partial<Record<Dimension, (value: number) => string>> = {
  duration: (value) => `${value}s`,
  rate: (value) => `${value}/s`,
  size: (value) => `${value}B`,
  bandwidth: (value) => `${value}B/s`,
  money: (value) => (value < 0 ? `-$${-value}` : `$${value}`),
  count: String,
  cores: String,
  ratio: String,
  factor: String,
};
