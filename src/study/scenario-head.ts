import type { Scenario } from '../models/parse.ts';
import type { Result } from '../result/index.ts';

/** What every document says of the scenario that it is about. */
export const scenarioHead = (
  { design: { name, title }, hash, text }: Scenario,
  { file, sets = [] }: { readonly file: string; readonly sets?: readonly string[] },
): Omit<Result['scenario'], 'runsAsked'> => ({
  name,
  ...(title === undefined ? {} : { title }),
  file,
  hash,
  text,
  ...(sets.length === 0 ? {} : { sets }),
});
