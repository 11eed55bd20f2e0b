import { settingText } from '../scenario/index.ts';
import type { Design } from './design.ts';
import { kinds } from './kinds.ts';

/** A number of the scenario that multiplies all load of one entry. */
export interface LoadFactor {
  /** `workloads.trades`. */
  readonly id: string;
  readonly name: string;
  /** Keys from the top of the scenario. */
  readonly path: readonly string[];
  readonly value: number;
}

/** Every load factor of a design, one for each entry that brings load by itself. */
export const loadFactorsOf = (design: Design): LoadFactor[] =>
  kinds.flatMap(({ section, loadFactor }) =>
    loadFactor === undefined
      ? []
      : design.entries(section).map(([name, config]) => {
          const { path, value } = loadFactor(name, config);
          return { id: `${section}.${name}`, name, path: [section, name, ...path], value };
        }),
  );

/**
 * What `--set` makes of a design to multiply its load: rates grow, and nothing else. Key populations, places of callers and
 * the mix of calls stay.
 * @param of names of the only entries whose load grows; absent: all
 */
export const loadSets = (design: Design, factor: number, of?: readonly string[]): string[] =>
  loadFactorsOf(design)
    .filter(({ name }) => of === undefined || of.includes(name))
    .map(({ path, value }) => settingText(path, rounded(value * factor)));

/** Digits enough for a factor, and short to type again. */
const rounded = (value: number): number => Number(value.toPrecision(10));
