import { InvalidArgumentError, Option } from 'commander';
import { parseQuantity } from '../units/index.ts';

/** A whole number of at least `min`, for options. */
export const wholeNumber = (min: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min) {
    throw new InvalidArgumentError(`expected a whole number of at least ${min}.`);
  }
  return value;
};

/** A probability above 0, for options: `90%` or `0.9`. */
export const probabilityOption = (text: string): number => {
  const read = parseQuantity(text, 'ratio');
  if (read.problem !== undefined || !(read.value > 0 && read.value <= 1))
    throw new InvalidArgumentError('expected a probability above 0%, up to 100%: 90% or 0.9.');
  return read.value;
};

/** Words that an option takes and more behind them, which commander knows nothing of: `html` of `--reporter html=page.html`. */
export const wordsOfOption = new WeakMap<Option, readonly string[]>();

/** For options that may be given several times. */
export const collect = (value: string, before: string[]): string[] => [...before, value];

/** `--set path=value`, repeatable. */
export const setOption = (): Option =>
  new Option('--set <path=value>', 'change the scenario: --set services.desk.threads=2 (repeatable)')
    .argParser(collect)
    .default([], 'nothing');
