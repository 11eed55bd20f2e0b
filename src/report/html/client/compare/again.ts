import type { ComparePage } from '../../../compare/html/compare-data.ts';
import { make, section } from '../element.ts';
import { commandLine } from '../rest.ts';

/** The scenarios as they were run, and how to see the same again. */
export function again({ again: { command, note }, designs, scenarios }: ComparePage): HTMLElement | null {
  return section(
    'again',
    'The scenarios, and how to see the same again',
    `The same scenarios, seed and version give the same bytes on any machine. ${note}.`,
    commandLine(command),
    ...scenarios.map((text, at) =>
      text === ''
        ? null
        : make(
            'details',
            { class: 'fold' },
            make('summary', {}, `The scenario of ${designs[at].label}`),
            make('pre', { tabindex: 0 }, text),
          ),
    ),
  );
}
