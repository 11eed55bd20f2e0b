import type { CostRow } from '../models/cost.ts';
import type { CostResultRow, Result } from '../result/index.ts';
import type { RunRecord } from './simulate-run.ts';

/** The bill, each row the mean over runs; rows that have no price are named, and are in no sum. */
export function costOf(records: readonly RunRecord[]): Result['cost'] {
  const rows = mergedRows(records);
  const priced = rows.filter(({ month }) => month !== undefined);
  return {
    month: priced.length === 0 ? null : priced.reduce((sum, { month }) => sum + (month ?? 0), 0),
    rows,
    unpriced: rows
      .filter(({ month }) => month === undefined)
      .map(({ component, item }) => `${component}: ${item}`),
  };
}

function mergedRows(records: readonly RunRecord[]): CostResultRow[] {
  const rows = new Map<string, CostRow[]>();
  for (const { costs } of records) {
    for (const row of costs) {
      const key = [row.component, row.item, row.region].join('\n');
      rows.set(key, [...(rows.get(key) ?? []), row]);
    }
  }
  return [...rows.values()].map((same) => ({
    ...same[0],
    quantity:
      mean(
        same.map(({ quantity }) => quantity),
        records.length,
      ) ?? 0,
    ...optional(
      'hour',
      mean(
        same.map(({ hour }) => hour),
        records.length,
      ),
    ),
    ...optional(
      'month',
      mean(
        same.map(({ month }) => month),
        records.length,
      ),
    ),
    ...optional(
      'monthOnDemand',
      mean(
        same.map(({ monthOnDemand }) => monthOnDemand),
        records.length,
      ),
    ),
  }));
}

/** A row that a run does not have counts as nothing bought in that run. */
function mean(values: readonly (number | undefined)[], runs: number): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / runs;
}

const optional = (key: string, value: number | undefined) => (value === undefined ? {} : { [key]: value });
