import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { truncate } from '../text/width.ts';
import type { Page, Section } from './page.ts';

const most = 8;

/** What happened once: scaling decisions, interruptions. Of the first run. */
export function occurrenceSection({ timeline }: Result, { style, columns }: Page): Section {
  const { occurrences } = timeline;
  if (occurrences.length === 0) return [];
  const lines = occurrences
    .slice(0, most)
    .map(({ at, component, what }) =>
      truncate(
        `  ${formatQuantity(at, 'duration').padStart(8)}  ${component.split('.').pop()}  ${what}`,
        columns,
      ),
    );
  const more = occurrences.length > most ? [style.dim(`  and ${occurrences.length - most} more`)] : [];
  return [style.bold('What happened (first run)'), ...lines, ...more];
}
