import type { Result } from '../../result/index.ts';
import { damageOf } from '../reading/damage.ts';
import { estimateText } from '../reading/estimate-text.ts';
import type { Names } from '../reading/names.ts';
import { type Row, table } from '../text/table.ts';
import type { Page, Section } from './page.ts';

const accuracySuffix = '.accuracy';

/** What was lost, done twice or left half done, and what that makes of the records of a topic. */
export function damageSection(result: Result, { names, style, columns }: Page): Section {
  const damages = damageOf(result);
  if (damages.length === 0) return [];
  const rows = damages.map(
    ({ path, what, metric }): Row => [`  ${nameOf(path, names)}`, what, estimateText(metric)],
  );
  const accuracies = Object.entries(result.metrics)
    .filter(([id, { value }]) => id.endsWith(accuracySuffix) && value !== null && value < 1)
    .map(([id, metric]) => ({ path: id.slice(0, -accuracySuffix.length), metric }))
    .filter(({ path }) => path.split('.').length === 2)
    .map(
      ({ path, metric }): Row => [
        `  ${names.of(path)}`,
        'applied once by each group',
        { text: estimateText(metric), paint: style.bold },
      ],
    );
  return table(
    [
      { header: 'Lost and doubled', minimum: 14, wraps: true },
      { minimum: 20, wraps: true },
      { header: 'a run', align: 'interval' },
    ],
    [...rows, ...accuracies],
    { columns, paintHeader: style.bold },
  );
}

/** A batch is in no drawing of the design: others may have its name. */
const nameOf = (path: string, names: Names): string =>
  path.startsWith('batches.') ? `${names.of(path)} (batch)` : names.of(path);
