import type { Sweep } from '../../result/index.ts';
import { stateWords } from '../limit/reading.ts';
import { markdownTable, plain } from '../markdown/table.ts';
import { headline, metricName, notes, runsText, valueText, variableNames } from './reading.ts';

/** A sweep for a pull request or a wiki. */
export function sweepMarkdown(sweep: Sweep): string {
  const { best, points, scenario, shown } = sweep;
  const right = (header: string) => ({ header: plain(header), align: 'right' as const });
  const rows = points.map((point, at) => {
    const cells = [
      ...point.values,
      stateWords[point.state],
      ...shown.map((id) => valueText(sweep, point, id)),
    ].map(plain);
    return at === best ? cells.map((cell) => `**${cell}**`) : cells;
  });
  const parts = [
    `## ${plain(scenario.name)}: ${plain(headline(sweep))}`,
    plain(runsText(sweep)),
    markdownTable(
      [...variableNames(sweep).map(right), { header: '' }, ...shown.map(metricName).map(right)],
      rows,
    ),
    notes(sweep)
      .map((note) => `- ${plain(note)}`)
      .join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
