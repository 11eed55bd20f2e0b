import type { Comparison } from '../../result/index.ts';
import { type Registry, textReporter } from '../reporter.ts';
import type { Choice } from './reading.ts';

/** Reporters of a comparison. */
export const comparisonReporters = (choice: Choice): Registry<Comparison> => ({
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => {
      const { renderComparison } = await import('./terminal.ts');
      return textReporter('terminal', (comparison, view) =>
        renderComparison(comparison, { ...choice, ...view }),
      );
    },
  },
  json: {
    makes: 'text',
    about: 'the comparison as a document: { metrics: … }',
    load: async () => textReporter('json', (comparison) => `${JSON.stringify(comparison)}\n`),
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => {
      const { comparisonMarkdown } = await import('./markdown.ts');
      return textReporter('markdown', (comparison) => comparisonMarkdown(comparison, choice));
    },
  },
});
