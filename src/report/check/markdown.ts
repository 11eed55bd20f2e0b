import type { CheckDocument, CheckResult } from '../../result/index.ts';
import { code, markdownTable, plain } from '../markdown/table.ts';
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

/** A check for a pull request, or the summary of a workflow's step. */
export function checkMarkdown(document: CheckDocument): string {
  const title = document.status === 'fail' ? '## ✗ headroom check failed' : '## ✓ headroom check passed';
  return `${[title, ...sortedScenarios(document).map(scenarioPart)].join('\n\n')}\n`;
}

function scenarioPart(check: CheckResult): string {
  const gates = sortedGates(check.gates).filter(({ status }) => status !== 'held');
  return [
    `### ${check.status === 'fail' ? '✗' : '✓'} ${code(check.file)}`,
    plain(summaryOf(check)),
    ...(check.needs.length === 0 ? [] : [check.needs.map((need) => `- ${plain(needText(need))}`).join('\n')]),
    ...(gates.length === 0
      ? []
      : [
          markdownTable(
            [
              { header: 'metric' },
              { header: '' },
              { header: 'expected', align: 'right' },
              { header: 'found', align: 'right' },
              { header: 'change' },
              { header: 'what it means' },
            ],
            gates.map((gate) => [
              code(gate.metric),
              statusText(gate),
              plain(expectedText(gate)),
              plain(foundText(gate)),
              plain(changeText(gate)),
              plain(meaningText(gate)),
            ]),
          ),
        ]),
    ...(check.notes.length === 0 ? [] : [check.notes.map((note) => `- ${plain(note)}`).join('\n')]),
  ].join('\n\n');
}
