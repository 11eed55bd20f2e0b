import type { MetricResult, Result } from '../../result/index.ts';
import { type Reporter, textReporter } from '../reporter.ts';

const header = ['metric', 'value', 'low', 'high', 'unit', 'better', 'estimator', 'data', 'exact', 'model'];

/** A row a metric (RFC 4180), numbers in base units, infinite ones as `Infinity`; what there is nothing of is empty. */
export const csvReporter: Reporter = {
  ...textReporter('csv', rowsOf),
  render: async (results, view) => [
    { path: view.path, content: line(header) + results.map(rowsOf).join('') },
  ],
};

function rowsOf({ metrics }: Result): string {
  return Object.entries(metrics)
    .map(([id, metric]) => line([id, ...cellsOf(metric)]))
    .join('');
}

function cellsOf({ value, low, high, unit, better, kind, data, exact }: MetricResult): string[] {
  const end = (bound: number | null | undefined) => (bound === undefined ? '' : numberText(bound));
  return [
    data === 'none' ? '' : numberText(value),
    end(low),
    end(high),
    unit,
    better,
    kind,
    data,
    exact === undefined ? '' : numberText(exact.value),
    exact?.model ?? '',
  ];
}

const numberText = (value: number | null): string => (value === null ? 'Infinity' : String(value));

const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;
const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
