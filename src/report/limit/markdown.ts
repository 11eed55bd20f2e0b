import type { Limit } from '../../result/index.ts';
import { code, markdownTable, plain } from '../markdown/table.ts';
import {
  askedText,
  factorText,
  fullText,
  headline,
  measuredText,
  notes,
  reasonText,
  runsText,
  stationText,
  unitOf,
} from './reading.ts';
import { curveTable } from './table.ts';

/** A limit for a pull request or a wiki. */
export function limitMarkdown(limit: Limit): string {
  const { breaks, scenario } = limit;
  const { columns, rows } = curveTable(limit);
  const reasons =
    breaks === undefined
      ? []
      : [
          ...(breaks.full === undefined ? [] : [`- ${plain(fullText(breaks.full, breaks.factor))}`]),
          ...breaks.loadReasons.map((reason) => `- ${plain(reasonText(reason))}`),
          ...breaks.targets.map(
            (target) => `- ${code(target.target)}: ${plain(measuredText(target, unitOf(target)))}`,
          ),
          ...(breaks.station === undefined ? [] : [`- at ${plain(stationText(breaks.station))}`]),
          ...breaks.lifts.map(
            ({ set, state }) =>
              `- with ${code(set)} it ${state === 'undecided' ? 'is undecided' : state} there`,
          ),
        ];
  const parts = [
    `## ${plain(scenario.name)}: ${plain(headline(limit))}`,
    plain(`${runsText(limit)}; ${askedText(limit)}`),
    ...(breaks === undefined
      ? []
      : [`### What breaks first, at ${factorText(breaks.factor)}`, reasons.join('\n')]),
    markdownTable(
      columns.map((header, at) => ({
        header: plain(header),
        align: at === 1 ? ('left' as const) : ('right' as const),
      })),
      rows.map((cells) => cells.map(plain)),
    ),
    notes(limit)
      .map((note) => `- ${plain(note)}`)
      .join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
