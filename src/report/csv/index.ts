import type { MetricResult, Result } from '../../result/index.ts';
import { type Reporter, textReporter } from '../reporter.ts';
import { csvLine, csvNumber } from './line.ts';

const header = ['metric', 'value', 'low', 'high', 'unit', 'better', 'estimator', 'data', 'exact', 'model'];

/** A row a metric (RFC 4180), numbers in base units, infinite ones as `Infinity`; what there is nothing of is empty. */
export const csvReporter: Reporter = {
  ...textReporter('csv', rowsOf),
  render: async (results, view) => [
    { path: view.path, content: csvLine(header) + results.map(rowsOf).join('') },
  ],
};

function rowsOf({ metrics }: Result): string {
  return Object.entries(metrics)
    .map(([id, metric]) => csvLine([id, ...cellsOf(metric)]))
    .join('');
}

function cellsOf({ value, low, high, unit, better, kind, data, exact }: MetricResult): string[] {
  const end = (bound: number | null | undefined) => (bound === undefined ? '' : csvNumber(bound));
  return [
    data === 'none' ? '' : csvNumber(value),
    end(low),
    end(high),
    unit,
    better,
    kind,
    data,
    exact === undefined ? '' : csvNumber(exact.value),
    exact?.model ?? '',
  ];
}
