import type { Sweep } from '../../result/index.ts';
import { type Registry, textReporter } from '../reporter.ts';

/** Reporters of a sweep. */
export const sweepReporters: Registry<Sweep> = {
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => textReporter('terminal', (await import('./terminal.ts')).renderSweep),
  },
  json: {
    makes: 'text',
    about: 'the sweep as a document: { points: [ … ] }',
    load: async () => textReporter('json', (sweep) => `${JSON.stringify(sweep)}\n`),
  },
  html: {
    makes: 'text',
    about: 'one page that opens offline',
    load: async () => textReporter('html', (await import('./html.ts')).sweepHtml),
  },
  png: {
    makes: 'folder',
    about: 'a folder of heat maps of two variables, or curves of one',
    load: async () => {
      const [{ pngFolder }, { sweepCharts }] = await Promise.all([
        import('../svg/png-folder.ts'),
        import('./charts.ts'),
      ]);
      return pngFolder(sweepCharts);
    },
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => textReporter('markdown', (await import('./markdown.ts')).sweepMarkdown),
  },
  csv: {
    makes: 'text',
    about: 'a row a point',
    load: async () => textReporter('csv', (await import('./csv.ts')).sweepCsv),
  },
};
