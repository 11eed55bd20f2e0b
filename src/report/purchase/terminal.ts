import type { Fleet, PurchaseMix, PurchasePlan } from '../../result/index.ts';
import { commandLines } from '../terminal/footer.ts';
import { type Style, styleOf } from '../text/style.ts';
import { type Column, type Row, table } from '../text/table.ts';
import { apart } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
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

export interface Look {
  readonly color: boolean;
  readonly columns: number;
}

/** How nodes are bought best, for a terminal: a line, the fleets, what other risks would cost, where prices are from. */
export function renderPurchase(plan: PurchasePlan, { color, columns }: Look): string {
  const style = styleOf(color);
  const blocks = [
    [
      apart(style.bold(plan.scenario.name), style.dim('nodes over a month'), columns),
      ...wrap(`CHEAPEST ${headline(plan)}`, columns, { hanging: 2 }).map(style.bold),
      ...wrap(riskText(plan), columns, { hanging: 2 }).map(style.dim),
    ],
    fleetLines(plan, columns, style),
    riskLines(plan, columns, style),
    notesOf(plan).flatMap((note) => wrap(note, columns, { hanging: 2 }).map(style.dim)),
    footLines(plan, columns),
  ];
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

const figureColumns: readonly Column[] = [
  { header: '$ a month', align: 'right' },
  { header: 'saves', align: 'right' },
  { header: 'at once', align: 'right' },
  { header: 'notices', align: 'right' },
];

function fleetLines(plan: PurchasePlan, columns: number, style: Style): string[] {
  const rows = plan.fleets.flatMap((fleet): Row[] => [
    `${fleetName(fleet)}: ${needText(fleet)}`,
    mixRow('  as it is', fleet, fleet.own, plan),
    mixRow('  best', fleet, fleet.best, plan),
  ]);
  const all: Row[] = [
    'all',
    ['  as it is', '', '', '', ...figureCells(plan.own, plan)],
    ['  best', '', '', '', ...figureCells(plan.best, plan)],
  ];
  return table(
    [
      { header: 'Nodes at the peak', minimum: 10 },
      { header: 'reserved', align: 'right' },
      { header: 'on demand', align: 'right' },
      { header: 'spot', align: 'right' },
      ...figureColumns,
    ],
    [...rows, ...(plan.fleets.length > 1 ? all : [])],
    { columns, paintHeader: style.bold },
  );
}

function mixRow(title: string, fleet: Fleet, mix: PurchaseMix, plan: PurchasePlan): Row {
  const { layers } = mix;
  return [
    title,
    amount(layers.reserved),
    amount(onDemandAtPeak(fleet, layers)),
    amount(layers.spot),
    ...figureCells(mix, plan),
  ];
}

function riskLines(plan: PurchasePlan, columns: number, style: Style): string[] {
  return table(
    [{ header: 'What risk is worth: at once, at most' }, ...figureColumns],
    plan.risks.map((risk) => [`  ${percent(risk.upTo)}`, ...figureCells(risk, plan)]),
    { columns, paintHeader: style.bold },
  );
}

function footLines(plan: PurchasePlan, columns: number): string[] {
  const lines = (title: string, words: readonly string[]) => [
    title,
    ...commandLines(words, { columns }).map((line) => `  ${line}`),
  ];
  return [...lines('Again', againWords(plan)), ...lines('Next, bought so', tryWords(plan))];
}
