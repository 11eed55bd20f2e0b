import { type Registry, textReporter } from '../reporter.ts';
import type { Compared } from './compared.ts';
import type { Choice } from './reading.ts';
import { survivalText } from './survival.ts';

/** Reporters of a comparison. */
export const comparisonReporters = (choice: Choice): Registry<Compared> => ({
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => {
      const { renderComparison } = await import('./terminal.ts');
      return textReporter('terminal', (compared, view) =>
        renderComparison(compared.comparison, { ...choice, ...view, notes: notesOf(compared) }),
      );
    },
  },
  json: {
    makes: 'text',
    about: 'the comparison as a document: { metrics: … }',
    load: async () => textReporter('json', ({ comparison }) => `${JSON.stringify(comparison)}\n`),
  },
  html: {
    makes: 'text',
    about: 'one page that opens offline, the designs side by side',
    load: async () => (await import('./html/index.ts')).compareHtmlReporter,
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => {
      const { comparisonMarkdown } = await import('./markdown.ts');
      return textReporter('markdown', (compared) =>
        comparisonMarkdown(compared.comparison, { ...choice, notes: notesOf(compared) }),
      );
    },
  },
  png: {
    makes: 'folder',
    about: 'a folder of charts for slides',
    load: async () => (await import('./png/index.ts')).comparePngReporter,
  },
  csv: {
    makes: 'text',
    about: 'a row a metric of a design',
    load: async () => {
      const { comparisonCsv } = await import('./csv.ts');
      return textReporter('csv', ({ comparison }) => comparisonCsv(comparison));
    },
  },
});

const notesOf = (compared: Compared): string[] => [survivalText(compared) ?? []].flat();
