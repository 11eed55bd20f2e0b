import { type CheckDocument, type CheckResult, type GateResult, isFailing } from '../../result/index.ts';
import { type Style, styleOf } from '../text/style.ts';
import { apart } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import {
  changeText,
  expectedText,
  foundText,
  meaningText,
  needText,
  sortedGates,
  sortedScenarios,
  statusText,
  summaryOf,
} from './reading.ts';

interface Look {
  readonly color: boolean;
  readonly columns: number;
}

/** A check for a terminal: what failed first, with what was expected, what was found, and what that means. */
export function renderCheck(document: CheckDocument, { color, columns }: Look): string {
  const style = styleOf(color);
  const blocks = sortedScenarios(document).map((check) => scenarioLines(check, columns, style).join('\n'));
  const failed = document.scenarios.filter(({ status }) => status === 'fail').length;
  const all = document.scenarios.length;
  const last =
    failed > 0
      ? style.red(`FAILED  ${failed} of ${all} ${all === 1 ? 'scenario' : 'scenarios'}`)
      : style.green(`PASSED  ${all} ${all === 1 ? 'scenario' : 'scenarios'}`);
  return `${[...blocks, last].join('\n\n')}\n`;
}

function scenarioLines(check: CheckResult, columns: number, style: Style): string[] {
  const { file, status, runs, gates, needs, notes, problem } = check;
  const mark = status === 'fail' ? style.red('✗') : style.green('✓');
  const shown = sortedGates(gates).filter((gate) => gate.status !== 'held');
  return [
    apart(`${mark} ${style.bold(file)}`, style.dim(`${runs} runs`), columns),
    ...wrap(summaryOf(check), columns, { indent: 2 }).map(problem === undefined ? (text) => text : style.red),
    ...needs.flatMap((need) => wrap(needText(need), columns, { indent: 2, hanging: 4 }).map(style.red)),
    ...shown.flatMap((gate) => gateLines(gate, columns, style)),
    ...notes.flatMap((note) => wrap(note, columns, { indent: 2, hanging: 4 }).map(style.dim)),
  ];
}

function gateLines(gate: GateResult, columns: number, style: Style): string[] {
  const paint = isFailing(gate) ? style.red : style.green;
  const meaning = isFailing(gate) ? meaningText(gate) : '';
  return [
    ...wrap(`${statusText(gate)}  ${gate.metric}`, columns, { indent: 2, hanging: 4 }).map(paint),
    ...wrap(`expected ${expectedText(gate)}, found ${foundText(gate)}: ${changeText(gate)}`, columns, {
      indent: 4,
    }),
    ...(meaning === '' ? [] : wrap(meaning, columns, { indent: 4 }).map(style.dim)),
  ];
}
