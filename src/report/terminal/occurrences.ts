import type { Result } from '../../result/index.ts';
import { clock } from '../reading/clock.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

const most = 12;

/** What happened once: scaling decisions, interruptions. Of the first run. */
export function occurrenceSection({ timeline }: Result, { names, style, columns }: Page): Section {
  const { occurrences } = timeline;
  if (occurrences.length === 0) return [];
  const lines = occurrences.slice(0, most).flatMap(({ at, component, what }) => {
    const when = clock(at).padStart(8);
    return wrap(`${names.of(component)}: ${what}`, columns, { indent: 12 }).map((line, part) =>
      part === 0 ? `  ${when}  ${line.trimStart()}` : line,
    );
  });
  const more =
    occurrences.length > most ? [style.dim(`  and ${occurrences.length - most} more: --json`)] : [];
  return [style.bold('What happened (first run)'), ...lines, ...more];
}
