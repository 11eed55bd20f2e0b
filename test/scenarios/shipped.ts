import { readFileSync } from 'node:fs';
import { Assembly } from '../../src/models/assemble.ts';
import { parseScenario, type Scenario } from '../../src/models/parse.ts';

/** A scenario that comes with Headroom, changed as by `--set`; throws with all problems where it does not stand. */
export function shipped(name: string, sets: readonly string[] = []): Scenario {
  const { scenario, problems } = parseScenario(`scenarios/${name}.yaml`, (path) => readFileSync(path), sets);
  if (scenario === undefined) throw new Error(JSON.stringify(problems, undefined, 2));
  return scenario;
}

/** One run of it to its end. */
export function play(name: string, sets: readonly string[] = [], seed = 1): Assembly {
  const assembly = new Assembly(shipped(name, sets).design, seed, 0);
  assembly.run();
  return assembly;
}

/** What a meter summed up. */
export function totalOf(assembly: Assembly, meter: string): number {
  const reading = assembly.readings().get(meter);
  if (reading === undefined) throw new Error(`no meter ${meter}`);
  return reading.num;
}

/** Targets of a scenario that are about a metric. */
export const targetsOn = (name: string): string[] => shipped(name).targets.map(({ target }) => target);
