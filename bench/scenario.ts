import { readFileSync } from 'node:fs';
import { closedFormsOf } from '../src/models/closed-form.ts';
import { parseScenario, type Scenario } from '../src/models/parse.ts';
import { renderProblems } from '../src/scenario/index.ts';
import { type RunRecord, simulateRun } from '../src/study/simulate-run.ts';

export interface Timed {
  readonly scenario: Scenario;
  readonly record: RunRecord;
  /** Of real time, assembly included. */
  readonly seconds: number;
}

/** One run of a scenario file, timed on this thread. */
export function timeRun(file: string): Timed {
  const path = new URL(file, import.meta.url).pathname;
  const { scenario, problems, sources } = parseScenario(path, (each) => readFileSync(each));
  if (scenario === undefined) throw new Error(renderProblems(problems, { sources }));
  const started = performance.now();
  const record = simulateRun(scenario, 1, 0);
  return { scenario, record, seconds: (performance.now() - started) / 1000 };
}

/** How far simulated means lie from their closed forms, in lines: so that speed is never bought with a wrong answer. */
export function againstClosedForms({ scenario, record }: Timed): string[] {
  const forms = closedFormsOf(scenario.design);
  return ['latency.mean', 'utilization'].flatMap((metric) => {
    const id = Object.keys(forms).find((each) => each.startsWith('services.') && each.endsWith(metric));
    if (id === undefined) return [];
    const reading = record.readings[id.replace('.mean', '')];
    const simulated = reading.num / reading.den;
    const exact = forms[id];
    const off = ((simulated - exact.value) / exact.value) * 100;
    return [
      `${metric} ${simulated.toPrecision(5)}, ${exact.model} says ${exact.value.toPrecision(5)} (${off.toFixed(2)}% off)`,
    ];
  });
}
