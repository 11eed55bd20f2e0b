import type { Comparison } from '../../result/index.ts';
import { styleOf } from '../text/style.ts';
import { type Row, table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { changeText, verdictWords } from './change-text.ts';
import { differenceText, statusWords, targetText, valueText } from './reading.ts';
import { type ComparisonLook, paintOf } from './terminal.ts';

/** Lines of each sort that are shown; the rest is counted. */
const [mostEdits, mostMetrics] = [5, 12];

/**
 * What an edit changed, of two results of one scenario, the earlier one first: the edit itself, targets that stand otherwise,
 * and metrics beyond noise.
 */
export function renderSince(
  comparison: Comparison,
  { color, columns }: Omit<ComparisonLook, 'isAll'>,
): string {
  const style = styleOf(color);
  const edits = comparison.differences[1].filter(({ path }) => !path.startsWith('check'));
  const targets = comparison.targets.filter(({ designs: [before, after] }) => before !== after);
  const metrics = Object.entries(comparison.metrics).filter(
    ([, { isKey, designs }]) => isKey && ['better', 'worse', 'differs'].includes(designs[1]?.change ?? ''),
  );
  const rows = metrics.slice(0, mostMetrics).map(([id, metric]): Row => {
    const [before, after] = metric.designs;
    const change = after?.change ?? 'unclear';
    return [
      id,
      valueText(metric, before),
      valueText(metric, after),
      after === null ? '' : changeText(metric, after, before),
      { text: verdictWords[change], paint: paintOf(change, style) },
    ];
  });
  const header = [
    { header: '', wraps: true, minimum: 20 },
    { header: 'before', align: 'interval' as const },
    { header: 'now', align: 'interval' as const },
    { header: 'change', align: 'right' as const },
    { header: '' },
  ];
  const status = (word: keyof typeof statusWords | null) => (word === null ? 'not set' : statusWords[word]);
  const lines = [
    style.bold('Since the last save'),
    ...edits
      .slice(0, mostEdits)
      .flatMap((edit) => wrap(differenceText(edit), columns, { indent: 2, hanging: 6 })),
    ...moreOf(edits.length - mostEdits),
    ...targets.flatMap((target) =>
      wrap(`${targetText(target)}: ${status(target.designs[0])} → ${status(target.designs[1])}`, columns, {
        indent: 2,
        hanging: 6,
      }),
    ),
    ...(rows.length === 0
      ? [style.dim('  no metric changed beyond noise')]
      : table(header, rows, { columns, indent: 2, paintHeader: style.dim })),
    ...moreOf(metrics.length - mostMetrics),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

const moreOf = (count: number): string[] => (count > 0 ? [`  and ${count} more`] : []);
