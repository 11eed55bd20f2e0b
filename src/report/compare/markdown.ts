import type { Comparison } from '../../result/index.ts';
import { code, markdownTable, plain } from '../markdown/table.ts';
import { changeText, verdictWords } from './change-text.ts';
import {
  type Choice,
  cautions,
  cheapest,
  differenceText,
  labelOf,
  pairingText,
  shownMetrics,
  statusWords,
  tally,
  targetText,
  titleOf,
  valueText,
} from './reading.ts';

/** A comparison for a pull request or a wiki. */
export function comparisonMarkdown(comparison: Comparison, choice: Choice): string {
  const { designs, reference, targets, differences } = comparison;
  const others = designs.map((design, at) => ({ design, at })).filter(({ at }) => at !== reference);
  const labels = designs.map((design, at) => ({
    header: plain(labelOf(design, at === reference)),
    align: 'right' as const,
  }));
  const metrics = [...shownMetrics(comparison, choice).values()].flat().map(({ id, metric }) => [
    code(id),
    ...metric.designs.map((value) => {
      const change = value?.change;
      const shown = plain(valueText(metric, value));
      if (value === null || change === undefined) return shown;
      const text = `${shown}, ${plain(changeText(metric, value, metric.designs[reference]))}, ${plain(verdictWords[change])}`;
      return change === 'better' || change === 'worse' ? `**${text}**` : text;
    }),
  ]);
  const parts = [
    `## ${plain(titleOf(comparison))}`,
    plain(pairingText(comparison)),
    [
      ...others.map(({ design, at }) => `- ${plain(`${design.label}: ${tally(comparison, at)}`)}`),
      ...[cheapest(comparison) ?? [], choice.notes ?? []].flat().map((text) => `- ${plain(text)}`),
      ...cautions(comparison).map((text) => `- ⚠ ${plain(text)}`),
    ].join('\n'),
    ...others.map(({ design, at }) =>
      [
        `### What ${plain(design.label)} changes`,
        '',
        ...(differences[at].length === 0
          ? ['Nothing.']
          : differences[at].map((one) => `- ${code(differenceText(one))}`)),
      ].join('\n'),
    ),
    ...(targets.length === 0
      ? []
      : [
          markdownTable(
            [{ header: 'target' }, ...labels],
            targets.map((target) => [
              code(targetText(target)),
              ...target.designs.map((status) => (status === null ? '–' : statusWords[status])),
            ]),
          ),
        ]),
    markdownTable([{ header: 'metric' }, ...labels], metrics),
  ];
  return `${parts.join('\n\n')}\n`;
}
