import type { ParsedScenario } from '../../models/parse.ts';
import type { SweepVariable } from '../../result/index.ts';
import { settingText } from '../../scenario/index.ts';

/** Reads the scenario with some settings more. */
export type Parse = (sets: readonly string[]) => ParsedScenario;

export interface BadPoint {
  /** The settings that make no scenario. */
  readonly sets: readonly string[];
  readonly parsed: ParsedScenario;
}

/** Settings of one point. */
export const setsOf = (variables: readonly SweepVariable[], values: readonly string[]): string[] =>
  variables.map(({ path }, at) => settingText([path], values[at]));

/** The points that make no scenario. Those that do are read again when their turn comes: all at once would fill the memory. */
export function badPoints(
  variables: readonly SweepVariable[],
  points: readonly (readonly string[])[],
  parse: Parse,
): BadPoint[] {
  return points.flatMap((values) => {
    const sets = setsOf(variables, values);
    const parsed = parse(sets);
    return parsed.scenario === undefined ? [{ sets, parsed }] : [];
  });
}
