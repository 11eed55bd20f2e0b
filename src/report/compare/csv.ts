import type { ComparedValue, Comparison } from '../../result/index.ts';

const header = [
  ...['metric', 'design', 'value', 'low', 'high', 'unit', 'better', 'data'],
  ...['difference', 'differenceLow', 'differenceHigh', 'tolerance', 'change'],
];

/** A row a metric of a design (RFC 4180), numbers in base units, infinite ones as `Infinity`. */
export function comparisonCsv({ metrics, designs }: Comparison): string {
  const rows = Object.entries(metrics).flatMap(([id, { unit, better, tolerance, designs: values }]) =>
    values.flatMap((value, at) =>
      value === null
        ? []
        : [[id, designs[at].label, ...cellsOf(value, unit, better), ...changeOf(value, tolerance)]],
    ),
  );
  return [header, ...rows].map(line).join('');
}

const cellsOf = ({ value, low, high, data }: ComparedValue, unit: string, better: string): string[] => [
  data === 'none' ? '' : numberText(value),
  numberText(low),
  numberText(high),
  unit,
  better,
  data,
];

function changeOf({ difference, change }: ComparedValue, tolerance: number): string[] {
  if (difference === undefined) return ['', '', '', '', ''];
  return [
    numberText(difference.value),
    numberText(difference.low),
    numberText(difference.high),
    String(tolerance),
    change ?? '',
  ];
}

const numberText = (value: number | null | undefined): string => {
  if (value === undefined) return '';
  return value === null ? 'Infinity' : String(value);
};
const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;
const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
