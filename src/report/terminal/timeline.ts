import type { Result } from '../../result/index.ts';
import { clock } from '../reading/clock.ts';
import { type Incident, incidentsOf, linesToTake } from '../reading/incident.ts';
import type { Names } from '../reading/names.ts';
import { sinceText } from '../reading/since.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

/** Lines of what happened that are told in any case. */
const fewest = 10;
/** Columns of a time, and of what stands before a line's words. */
const timeColumns = 9;
const indent = timeColumns + 4;

/** What happened after each fault, by the time since its onset. Of the first run. */
export function timelineSection(result: Result, { names, style, columns }: Page): Section {
  if (result.faults.length === 0) return [];
  const incidents = fitting(result, names, columns);
  const [{ fault }] = incidents;
  const isSole = incidents.length === 1;
  const title = isSole
    ? `Timeline of ${fault.name} (first run), T is ${clock(fault.at)}`
    : 'Timeline (first run)';
  const blocks = incidents.flatMap((incident) => [
    ...(isSole ? [] : [`  ${style.bold(incident.fault.name)}, T is ${clock(incident.fault.at)}`]),
    ...linesOf(incident, columns),
  ]);
  const left = incidents.reduce((sum, incident) => sum + incident.left, 0);
  const more = left > 0 ? [style.dim(`  and ${left} more: --json`)] : [];
  return [style.bold(title), ...blocks, ...more];
}

/** What fits into so many lines of a terminal: some things take two. */
function fitting(result: Result, names: Names, columns: number): Incident[] {
  const mostLines = linesToTake(result.faults.length) + 2;
  let most = mostLines;
  for (;;) {
    const incidents = incidentsOf(result, names, most);
    const lines = incidents.reduce((sum, incident) => sum + linesOf(incident, columns).length + 1, 0);
    if (lines <= mostLines || most <= incidents.length + fewest) return incidents;
    most -= Math.max(1, Math.floor((lines - mostLines) / 2));
  }
}

const linesOf = ({ fault, lines }: Incident, columns: number): string[] =>
  lines.flatMap(({ at, text }) => {
    const when = `T+${sinceText(at - fault.at)}`.padStart(timeColumns);
    return wrap(text, columns, { indent, hanging: indent + 2 }).map((line, part) =>
      part === 0 ? `  ${when}  ${line.trimStart()}` : line,
    );
  });
