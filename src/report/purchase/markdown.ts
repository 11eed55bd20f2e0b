import type { PurchasePlan } from '../../result/index.ts';
import { code, type MarkdownColumn, markdownTable, plain } from '../markdown/table.ts';
import {
  againWords,
  amount,
  figureCells,
  fleetName,
  headline,
  needText,
  notesOf,
  onDemandAtPeak,
  percent,
  riskText,
  tryWords,
} from './reading.ts';

const figureColumns: readonly MarkdownColumn[] = [
  { header: '$ a month', align: 'right' },
  { header: 'saves', align: 'right' },
  { header: 'spot at once', align: 'right' },
  { header: 'notices a month', align: 'right' },
];

/** How nodes are bought best, for a pull request or a wiki. */
export function purchaseMarkdown(plan: PurchasePlan): string {
  const fleets = plan.fleets.flatMap((fleet) =>
    (['own', 'best'] as const).map((which) => {
      const { [which]: mix } = fleet;
      return [
        plain(fleetName(fleet)),
        plain(needText(fleet)),
        which === 'own' ? 'as it is' : '**best**',
        amount(mix.layers.reserved),
        amount(onDemandAtPeak(fleet, mix.layers)),
        amount(mix.layers.spot),
        ...figureCells(mix, plan),
      ];
    }),
  );
  const parts = [
    `## ${plain(plan.scenario.name)}`,
    `**CHEAPEST** ${plain(headline(plan))}`,
    `${plain(riskText(plan))}.`,
    markdownTable(
      [
        { header: 'fleet' },
        { header: 'nodes in use' },
        { header: '' },
        { header: 'reserved', align: 'right' },
        { header: 'on demand at the peak', align: 'right' },
        { header: 'spot', align: 'right' },
        ...figureColumns,
      ],
      fleets,
    ),
    'What risk is worth:',
    markdownTable(
      [{ header: 'at once, at most' }, ...figureColumns],
      plan.risks.map((risk) => [percent(risk.upTo), ...figureCells(risk, plan)]),
    ),
    notesOf(plan)
      .map((text) => `- ${plain(text)}`)
      .join('\n'),
    [againWords(plan), tryWords(plan)].map((words) => code(words.join(' '))).join(' · '),
  ];
  return `${parts.join('\n\n')}\n`;
}
