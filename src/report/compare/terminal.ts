import type { ChangeVerdict, Comparison } from '../../result/index.ts';
import { type Paint, type Style, styleOf } from '../text/style.ts';
import { type Row, table } from '../text/table.ts';
import { apart } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import { changeText, verdictWords } from './change-text.ts';
import {
  type Choice,
  cautions,
  cheapest,
  differenceText,
  labelOf,
  pairingText,
  type ShownMetric,
  shownMetrics,
  statusWords,
  tally,
  targetText,
  titleOf,
  valueText,
} from './reading.ts';

export interface ComparisonLook extends Choice {
  readonly color: boolean;
  readonly columns: number;
}

/** Differences between scenarios that are shown of each design; the rest is counted. */
const mostDifferences = 12;

/** A comparison for a terminal: a table of two designs, a block a metric of more. */
export function renderComparison(comparison: Comparison, look: ComparisonLook): string {
  const style = styleOf(look.color);
  const blocks = [
    headLines(comparison, look, style),
    ...differenceBlocks(comparison, look, style),
    targetLines(comparison, look, style),
    ...metricBlocks(comparison, look, style),
    footLines(comparison, look, style),
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

function headLines(comparison: Comparison, { columns, notes = [] }: ComparisonLook, style: Style): string[] {
  const { designs, reference } = comparison;
  const rest = designs.map((design, at) => ({ design, at })).filter(({ at }) => at !== reference);
  return [
    apart(style.bold(titleOf(comparison)), '', columns),
    style.dim(pairingText(comparison)),
    ...rest.flatMap(({ design, at }) =>
      wrap(`${design.label}: ${tally(comparison, at) || 'nothing to compare'}`, columns, { hanging: 2 }),
    ),
    ...[cheapest(comparison) ?? [], notes].flat().flatMap((text) => wrap(text, columns, { hanging: 2 })),
    ...cautions(comparison).flatMap((text) => wrap(text, columns, { hanging: 2 }).map(style.yellow)),
  ];
}

function differenceBlocks(comparison: Comparison, { columns }: ComparisonLook, style: Style): string[][] {
  const { designs, differences, reference } = comparison;
  return differences.flatMap((found, at) => {
    if (at === reference) return [];
    const title = style.bold(`What ${designs[at].label} changes`);
    if (found.length === 0) return [[title, '  nothing: the scenarios say the same']];
    const left = found.length - mostDifferences;
    return [
      [
        title,
        ...found
          .slice(0, mostDifferences)
          .flatMap((one) =>
            wrap(shortened(differenceText(one), columns * 2), columns, { indent: 2, hanging: 6 }),
          ),
        ...(left > 0 ? [style.dim(`  and ${left} more (--json has all)`)] : []),
      ],
    ];
  });
}

const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

function targetLines({ targets, designs }: Comparison, { columns }: ComparisonLook, style: Style): string[] {
  if (targets.length === 0) return [];
  const paints: Record<string, Paint> = { BROKEN: style.red, refuted: style.yellow };
  const title = style.bold('Targets');
  const fits = designs.length <= 3;
  if (!fits) {
    return [
      title,
      ...targets.flatMap((target) => [
        ...wrap(targetText(target), columns, { indent: 2, hanging: 4 }),
        ...wrap(
          target.designs
            .map((status, at) => `${designs[at].label} ${status === null ? '–' : statusWords[status]}`)
            .join(' · '),
          columns,
          { indent: 4 },
        ),
      ]),
    ];
  }
  const rows = targets.map(
    (target): Row => [
      targetText(target),
      ...target.designs.map((status) => {
        const text = status === null ? '–' : statusWords[status];
        return { text, paint: paints[text] ?? ((same: string) => same) };
      }),
    ],
  );
  const header = [
    { header: '', wraps: true, minimum: 20 },
    ...designs.map(({ label }) => ({ header: label, minimum: 9 })),
  ];
  return [title, ...table(header, rows, { columns, indent: 2, paintHeader: style.dim })];
}

function metricBlocks(comparison: Comparison, look: ComparisonLook, style: Style): string[][] {
  const groups = [...shownMetrics(comparison, look)];
  const draw = comparison.designs.length === 2 ? sideBySide : stacked;
  return groups.map(([owner, metrics]) => draw(owner, metrics, comparison, look, style));
}

export const paintOf = (change: ChangeVerdict | undefined, style: Style): Paint =>
  ({
    better: style.green,
    worse: style.red,
    differs: style.yellow,
    'no change': style.dim,
    unclear: style.dim,
  })[change ?? 'unclear'];

/** A row a metric, a column a design. */
function sideBySide(
  owner: string,
  metrics: readonly ShownMetric[],
  { designs, reference }: Comparison,
  { columns }: ComparisonLook,
  style: Style,
): string[] {
  const other = 1 - reference;
  const rows = metrics.map(({ rest, metric }): Row => {
    const [base, value] = [metric.designs[reference], metric.designs[other]];
    const change = value?.change;
    return [
      rest,
      valueText(metric, base),
      valueText(metric, value),
      value === null ? '' : changeText(metric, value, base),
      { text: change === undefined ? '' : verdictWords[change], paint: paintOf(change, style) },
    ];
  });
  const header = [
    { header: '', wraps: true, minimum: 14 },
    { header: designs[reference].label, align: 'interval' as const, minimum: 12 },
    { header: designs[other].label, align: 'interval' as const, minimum: 12 },
    { header: 'change', align: 'right' as const },
    { header: '' },
  ];
  return [style.bold(owner), ...table(header, rows, { columns, indent: 2, paintHeader: style.dim })];
}

/** A block a metric, a row a design. */
function stacked(
  owner: string,
  metrics: readonly ShownMetric[],
  { designs, reference }: Comparison,
  { columns }: ComparisonLook,
  style: Style,
): string[] {
  const rows = metrics.flatMap(({ rest, metric }): Row[] => [
    `${rest}`,
    ...metric.designs.map((value, at): Row => {
      const change = value?.change;
      return [
        `  ${labelOf(designs[at], at === reference)}`,
        valueText(metric, value),
        value === null ? '' : changeText(metric, value, metric.designs[reference]),
        { text: change === undefined ? '' : verdictWords[change], paint: paintOf(change, style) },
      ];
    }),
  ]);
  const header = [{ minimum: 16 }, { align: 'interval' as const }, { align: 'right' as const }, {}];
  return [style.bold(owner), ...table(header, rows, { columns, indent: 2 })];
}

function footLines(comparison: Comparison, look: ComparisonLook, style: Style): string[] {
  const all = Object.values(comparison.metrics);
  const hidden = all.filter(({ isKey }) => !isKey);
  const text = look.isAll
    ? '~: the runs cannot tell; more runs would (--runs)'
    : `~: the runs cannot tell; more runs would (--runs). ${hidden.length} more metrics with --all`;
  return wrap(text, look.columns).map(style.dim);
}
