import { Assembly } from '../../src/models/assemble.ts';
import type { Design } from '../../src/models/design.ts';
import { parseScenario, type Scenario } from '../../src/models/parse.ts';

/** A scenario from its YAML; throws with all problems where it has any. */
export function scenarioOf(yaml: string): Scenario {
  const { scenario, problems } = parseScenario('test.yaml', () => yaml);
  if (scenario === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return scenario;
}

export const designOf = (yaml: string): Design => scenarioOf(yaml).design;

/** Messages of the problems that a scenario has, in the order of the text. */
export const problemsOf = (yaml: string): string[] =>
  parseScenario('test.yaml', () => yaml).problems.map(({ message }) => message);

/** One run to its end. */
export function runOf(yaml: string, seed = 1, run = 0): Assembly {
  const assembly = new Assembly(designOf(yaml), seed, run);
  assembly.run();
  return assembly;
}

/** `num / den` of a meter. */
export function readingOf(assembly: Assembly, meter: string): number {
  const reading = assembly.readings().get(meter);
  if (reading === undefined) throw new Error(`no meter ${meter}`);
  return reading.num / reading.den;
}
