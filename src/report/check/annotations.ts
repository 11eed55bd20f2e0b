import { type CheckDocument, type CheckResult, isFailing } from '../../result/index.ts';
import type { Annotation } from '../github/command.ts';
import { lineOf } from '../github/line-of.ts';
import type { View } from '../reporter.ts';
import {
  changeText,
  expectedText,
  foundText,
  meaningText,
  needText,
  sortedGates,
  sortedScenarios,
} from './reading.ts';

/** GitHub shows so many errors of a step, and no more. */
const shown = 10;

/** Annotations for what fails, the surest first. */
export const annotationsOf = (document: CheckDocument, source: View['source']): Annotation[] =>
  sortedScenarios(document)
    .flatMap((scenario) => ofScenario(scenario, source?.(scenario.file)))
    .slice(0, shown);

function ofScenario(
  { file, name, problem, needs, gates }: CheckResult,
  text: string | undefined,
): Annotation[] {
  const error = (title: string, message: string): Annotation => ({
    level: 'error',
    file: file === '-' ? undefined : file,
    ...lineOf(text, title),
    title: `${name}: ${title}`,
    message,
  });
  return [
    ...(problem === undefined ? [] : [error('no check', problem)]),
    ...needs.map((need) => error(need.target, needText(need))),
    ...sortedGates(gates)
      .filter(isFailing)
      .map((gate) =>
        error(
          gate.metric,
          `expected ${expectedText(gate)}, found ${foundText(gate)}: ${changeText(gate)}\n${meaningText(gate)}`,
        ),
      ),
  ];
}
