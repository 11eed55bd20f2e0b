import type { PurchasePlan } from '../../result/index.ts';
import { type Registry, textReporter } from '../reporter.ts';

/** Reporters of how nodes are bought best. */
export const purchaseReporters: Registry<PurchasePlan> = {
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => textReporter('terminal', (await import('./terminal.ts')).renderPurchase),
  },
  json: {
    makes: 'text',
    about: 'a document: headroom.purchase/1',
    load: async () => textReporter('json', (plan) => `${JSON.stringify(plan)}\n`),
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => textReporter('markdown', (await import('./markdown.ts')).purchaseMarkdown),
  },
};
