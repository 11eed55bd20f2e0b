import type { Result, TargetResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Cell, Row } from '../text/table.ts';
import { table } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { estimateText } from './find.ts';
import type { Page, Section } from './page.ts';

const order: TargetResult['status'][] = ['fail', 'no-data', 'warn', 'inconclusive', 'pass'];

/** Targets, failures first: what was asked, what was measured, how far inside the limit, and why where it fails. */
export function targetSection(result: Result, page: Page): Section {
  if (result.targets.length === 0) return [];
  const sorted = [...result.targets].sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const rows = sorted.flatMap((target) => rowsOf(target, result, page));
  return [
    page.style.bold('Targets'),
    ...table([{}, { minimum: 24 }, { align: 'right' }, { align: 'right' }], rows, {
      columns: page.columns,
      indent: 2,
    }),
  ];
}

function rowsOf(target: TargetResult, result: Result, { style, columns }: Page): Row[] {
  const [mark, paint] = {
    pass: ['✓', style.green],
    fail: ['✗', style.red],
    'no-data': ['✗', style.red],
    warn: ['!', style.yellow],
    inconclusive: ['?', style.yellow],
  }[target.status] as [string, (text: string) => string];
  const metric = result.metrics[target.metric];
  const limit = formatQuantity(target.limit, metric.unit);
  const cells: Cell[] = [
    { text: mark, paint },
    `${target.metric} ${target.operator} ${limit}`,
    estimateText(metric),
    marginText(target),
  ];
  const notes = [target.reason, target.status === 'pass' ? undefined : target.because].filter(
    (note) => note !== undefined,
  );
  return [
    cells,
    ...notes.flatMap((note) => wrap(note, columns - 8).map((line) => style.dim(`     ${line}`))),
  ];
}

function marginText({ margin, status }: TargetResult): string {
  if (margin === null) return status === 'no-data' ? '' : 'broken';
  const percent = formatQuantity(Math.abs(margin), 'ratio', { digits: 2 });
  return margin >= 0 ? `${percent} inside` : `${percent} outside`;
}
