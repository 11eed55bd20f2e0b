import type { PageData } from '../page-data.ts';
import { button, make, section } from './element.ts';
import { metricSearch } from './metric-search.ts';
import { table } from './table.ts';

/** Metrics shown at once: more are found by typing. */
const mostMetrics = 300;

export function failures({ failures: all }: PageData): HTMLElement | null {
  return section(
    'failures',
    'What failed',
    '',
    all.length === 0
      ? null
      : table(
          'Operations that failed, a run',
          [
            { header: 'workload' },
            { header: 'reason' },
            { header: 'a run', isNumber: true },
            { header: 'means' },
          ],
          all,
        ),
  );
}

/** Single requests to look at. */
export function replays({ replays: all }: PageData): HTMLElement | null {
  const rows = all.map(([what, command]) =>
    make('div', {}, make('dt', {}, what), make('dd', {}, commandLine(command))),
  );
  return section(
    'requests',
    'Requests to look at',
    'One near the 99th percentile, one of each kind of failure, and the slowest. The command runs its run again and tells what happened to it, part by part; --trace FILE writes many for ui.perfetto.dev.',
    rows.length === 0 ? null : make('dl', { class: 'next' }, ...rows),
  );
}

/** Every metric, found by a part of its id. */
export const metrics = ({ metrics: all }: PageData): HTMLElement | null =>
  metricSearch(all, mostMetrics, (rows) =>
    table(
      'Metrics',
      [{ header: 'metric' }, { header: 'estimate', isNumber: true }],
      rows.map(([id, text]) => [make('code', {}, id), text]),
    ),
  );

/** What was run, what was assumed, and how to see the same again. */
export function scenario({ scenario: text, assumptions, again }: PageData): HTMLElement | null {
  const assumed =
    assumptions.length === 0
      ? null
      : make(
          'details',
          { class: 'fold' },
          make('summary', {}, `${assumptions.length} things assumed where the scenario is silent`),
          table('Assumed', [{ header: 'about' }, { header: 'value' }, { header: 'source' }], assumptions),
        );
  const source =
    text === ''
      ? null
      : make(
          'details',
          { class: 'fold' },
          make('summary', {}, 'The scenario as it was run, files inlined'),
          make('pre', { tabindex: 0 }, text),
        );
  const steps = again.next.map(([command, why]) =>
    make('div', {}, make('dt', {}, why), make('dd', {}, commandLine(command))),
  );
  return section(
    'again',
    'The scenario, and how to see the same again',
    `The same scenario, seed and version give the same bytes on any machine: fingerprint ${again.fingerprint}, seed ${again.seed}, Headroom ${again.version}, scenario ${again.hash.slice(0, 12)}.`,
    commandLine(again.command),
    steps.length === 0 ? null : make('dl', { class: 'next' }, ...steps),
    source,
    assumed,
  );
}

/** A command with a button that copies it. */
export function commandLine(command: string): HTMLElement {
  const copy = button('Copy', { class: 'quiet', 'aria-label': `Copy ${command}` }, () => {
    navigator.clipboard?.writeText(command).then(
      () => {
        copy.textContent = 'Copied';
      },
      () => {
        copy.textContent = 'Select it';
      },
    );
  });
  return make('p', { class: 'command' }, make('code', {}, command), copy);
}
