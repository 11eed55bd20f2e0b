import type { Uncertainty } from '../../result/index.ts';
import { csvLine, csvNumber } from '../csv/line.ts';

/** A row a draw: what was drawn, whether all needs were kept, and what each target's metric came to, in base units. */
export function uncertaintyCsv({ draws, inputs, targets }: Uncertainty): string {
  const header = [
    'draw',
    ...inputs.map(({ path }) => path),
    'kept',
    ...targets.map(({ metric }) => metric),
    'cost.month',
  ];
  const rows = draws.map(({ values, kept, targets: measured, month }, at) => [
    String(at + 1),
    ...values,
    kept ? 'yes' : 'no',
    ...measured.map(csvNumber),
    month === null ? '' : csvNumber(month),
  ]);
  return [header, ...rows].map(csvLine).join('');
}
