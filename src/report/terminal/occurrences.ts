import type { Result } from '../../result/index.ts';
import { clock } from '../reading/clock.ts';
import { type Repeated, withoutRepetition } from '../reading/repeated.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

const most = 12;

/** What happened once where nothing was made to go wrong: scaling decisions, interruptions. Of the first run. */
export function occurrenceSection({ faults, timeline }: Result, { names, style, columns }: Page): Section {
  if (faults.length > 0) return [];
  const told = withoutRepetition(timeline.occurrences);
  if (told.length === 0) return [];
  const lines = told.slice(0, most).flatMap((each) => {
    const when = clock(each.at).padStart(8);
    const text = `${names.of(each.component)}: ${each.what}${howOften(each)}`;
    return wrap(text, columns, { indent: 12 }).map((line, part) =>
      part === 0 ? `  ${when}  ${line.trimStart()}` : line,
    );
  });
  const rest = told.slice(most).reduce((sum, { times }) => sum + times.length, 0);
  const more = rest > 0 ? [style.dim(`  and ${rest} more: --json`)] : [];
  return [style.bold('What happened (first run)'), ...lines, ...more];
}

function howOften({ at, times }: Repeated): string {
  if (times.length === 1) return '';
  const seconds = Math.ceil((times.at(-1) ?? at) - at);
  return ` (${times.length} times${seconds > 0 ? ` within ${seconds} s` : ''})`;
}
