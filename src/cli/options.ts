import { InvalidArgumentError, Option } from 'commander';

/** A whole number of at least `min`, for options. */
export const wholeNumber = (min: number) => (text: string) => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min) {
    throw new InvalidArgumentError(`expected a whole number of at least ${min}.`);
  }
  return value;
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
