import type { Uncertainty } from '../../result/index.ts';
import { type Registry, textReporter } from '../reporter.ts';

/** Reporters of uncertain inputs. */
export const uncertainReporters: Registry<Uncertainty> = {
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => textReporter('terminal', (await import('./terminal.ts')).renderUncertainty),
  },
  json: {
    makes: 'text',
    about: 'a document: headroom.uncertainty/1',
    load: async () => textReporter('json', (document) => `${JSON.stringify(document)}\n`),
  },
  html: {
    makes: 'text',
    about: 'one page that opens offline',
    load: async () => textReporter('html', (await import('./html.ts')).uncertaintyHtml),
  },
  png: {
    makes: 'folder',
    about: 'the tornadoes as pictures, in a folder',
    load: async () => {
      const [{ pngFolder }, { uncertainCharts }] = await Promise.all([
        import('../svg/png-folder.ts'),
        import('./charts.ts'),
      ]);
      return pngFolder(uncertainCharts);
    },
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => textReporter('markdown', (await import('./markdown.ts')).uncertaintyMarkdown),
  },
  csv: {
    makes: 'text',
    about: 'a row a draw',
    load: async () => textReporter('csv', (await import('./csv.ts')).uncertaintyCsv),
  },
};
