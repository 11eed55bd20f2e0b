import type { Plan } from '../../result/index.ts';
import { type Registry, textReporter } from '../reporter.ts';

/** Reporters of a plan. */
export const planReporters: Registry<Plan> = {
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => textReporter('terminal', (await import('./terminal.ts')).renderPlan),
  },
  json: {
    makes: 'text',
    about: 'the plan as a document: { winner, runnerUp, prices … }',
    load: async () => textReporter('json', (plan) => `${JSON.stringify(plan)}\n`),
  },
  html: {
    makes: 'text',
    about: 'one page that opens offline',
    load: async () => textReporter('html', (await import('./html.ts')).planHtml),
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => textReporter('markdown', (await import('./markdown.ts')).planMarkdown),
  },
};
