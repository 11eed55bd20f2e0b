import type { Calibration } from '../../result/index.ts';
import { markdownTable, plain } from '../markdown/table.ts';
import { headline, sourceText } from './reading.ts';
import { fitTables } from './table.ts';

/** A calibration for a pull request or a wiki. */
export function calibrationMarkdown(calibration: Calibration): string {
  const parts = [
    `## Calibration of ${plain(calibration.sources.map(({ of }) => of).join(', '))}`,
    `**${plain(headline(calibration))}**`,
    calibration.sources.map((source) => `- ${plain(sourceText(source))}`).join('\n'),
    ['```yaml', calibration.yaml, '```'].join('\n'),
    ...(calibration.warnings.length === 0
      ? []
      : [calibration.warnings.map((warning) => `- ⚠️ ${plain(warning)}`).join('\n')]),
    ...fitTables(calibration).flatMap(({ columns, heading, rows }) => [
      `### ${plain(heading)}`,
      markdownTable(
        columns.map((header) => ({ header })),
        rows.map(({ cells, look }) =>
          cells.map((cell, at) => (look === 'best' && at === 0 ? `**${plain(cell)}**` : plain(cell))),
        ),
      ),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}
