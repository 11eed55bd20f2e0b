import type { Limit } from '../../result/index.ts';
import { type Registry, textReporter } from '../reporter.ts';

/** Reporters of a limit. */
export const limitReporters: Registry<Limit> = {
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => textReporter('terminal', (await import('./terminal.ts')).renderLimit),
  },
  json: {
    makes: 'text',
    about: 'the limit as a document: { headroom: { value, low, high } … }',
    load: async () => textReporter('json', (limit) => `${JSON.stringify(limit)}\n`),
  },
  html: {
    makes: 'text',
    about: 'one page that opens offline',
    load: async () => textReporter('html', (await import('./html.ts')).limitHtml),
  },
  png: {
    makes: 'folder',
    about: 'a folder of charts: latency and utilization against load',
    load: async () => {
      const [{ pngFolder }, { limitCharts }] = await Promise.all([
        import('../svg/png-folder.ts'),
        import('./charts.ts'),
      ]);
      return pngFolder(limitCharts);
    },
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => textReporter('markdown', (await import('./markdown.ts')).limitMarkdown),
  },
  csv: {
    makes: 'text',
    about: 'a row a load',
    load: async () => textReporter('csv', (await import('./csv.ts')).limitCsv),
  },
};
