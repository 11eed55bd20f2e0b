import { expect } from 'vitest';
import { Assembly } from '../../src/models/assemble.ts';
import type { Design } from '../../src/models/design.ts';
import type { MeterReading } from '../../src/models/meters.ts';
import { parseScenario, type Scenario } from '../../src/models/parse.ts';
import {
  type Confidence,
  type Estimate,
  estimateMean,
  type Histogram,
} from '../../src/sim/statistics/index.ts';
import { estimateOf } from '../../src/study/estimates.ts';
import type { RunRecord } from '../../src/study/simulate-run.ts';

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

/** Independent runs of one scenario and what they say together. */
export class Runs {
  private readonly records: readonly RunRecord[];

  constructor(
    readonly scenario: Scenario,
    readonly assemblies: readonly Assembly[],
  ) {
    this.records = assemblies.map(
      (assembly) => ({ readings: Object.fromEntries(assembly.readings()) }) as unknown as RunRecord,
    );
  }

  /** A metric of the catalog as `run` estimates it, with a 99.9% interval. */
  estimate(id: string): Estimate {
    const entry = this.scenario.catalog.get(id);
    if (entry === undefined) throw new Error(`no metric ${id}`);
    const histograms = this.records.map(({ readings }) => readings[entry.meter].hist as unknown as Histogram);
    return estimateOf(entry, this.records, new Map([[entry.meter, histograms]]), interval999);
  }

  /** What each run gave to a meter. */
  readings(meter: string): MeterReading[] {
    return this.assemblies.map((assembly) => {
      const reading = assembly.readings().get(meter);
      if (reading === undefined) throw new Error(`no meter ${meter}`);
      return reading;
    });
  }

  /** One number a run, with a 99.9% interval of its mean. */
  meanOf(value: (assembly: Assembly, run: number) => number): Estimate {
    return estimateMean(
      this.assemblies.map((assembly, run) => ({ num: value(assembly, run), den: 1, n: 1 })),
      interval999,
    );
  }
}

const interval999: Confidence = { tail: 0.0005, sides: 2 };

/** Runs a scenario from its YAML `runs` times with one seed. */
export function simulate(yaml: string, { runs = 10, seed = 1 } = {}): Runs {
  const scenario = scenarioOf(yaml);
  const assemblies = Array.from({ length: runs }, (_, run) => {
    const assembly = new Assembly(scenario.design, seed, run);
    assembly.run();
    return assembly;
  });
  return new Runs(scenario, assemblies);
}

/**
 * Claims that a closed form holds: it lies inside the estimate's 99.9% interval, which is no wider than `within` of the
 * exact value on either side (so that the claim can fail).
 */
export function expectExact(estimate: Estimate, exact: number, within = 0.05): void {
  expect(estimate.halfWidth, 'half-width').toBeLessThanOrEqual(within * Math.abs(exact));
  expect(exact).toBeGreaterThanOrEqual(estimate.low as number);
  expect(exact).toBeLessThanOrEqual(estimate.high as number);
}
