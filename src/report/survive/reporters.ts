import type { Survival } from '../../result/index.ts';
import { type Registry, textReporter } from '../reporter.ts';

/** Reporters of what survivors bear. */
export const survivalReporters: Registry<Survival> = {
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => {
      const { renderSurvival } = await import('./terminal.ts');
      return textReporter('terminal', renderSurvival);
    },
  },
  json: {
    makes: 'text',
    about: 'a document: headroom.survival/1',
    load: async () => textReporter('json', (survival) => `${JSON.stringify(survival)}\n`),
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => {
      const { survivalMarkdown } = await import('./markdown.ts');
      return textReporter('markdown', survivalMarkdown);
    },
  },
};
