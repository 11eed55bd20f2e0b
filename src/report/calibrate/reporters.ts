import type { Calibration } from '../../result/index.ts';
import { type Registry, textReporter } from '../reporter.ts';

/** Reporters of a calibration. */
export const calibrateReporters: Registry<Calibration> = {
  terminal: {
    makes: 'text',
    about: 'text for people',
    load: async () => textReporter('terminal', (await import('./terminal.ts')).renderCalibration),
  },
  json: {
    makes: 'text',
    about: 'the calibration as a document',
    load: async () => textReporter('json', (calibration) => `${JSON.stringify(calibration)}\n`),
  },
  html: {
    makes: 'text',
    about: 'one page that opens offline, with the fit drawn',
    load: async () => textReporter('html', (await import('./html.ts')).calibrationHtml),
  },
  png: {
    makes: 'folder',
    about: 'a folder of charts: measured and fitted percentiles, or dispersion and profile',
    load: async () => {
      const [{ pngFolder }, { calibrationCharts }] = await Promise.all([
        import('../svg/png-folder.ts'),
        import('./charts.ts'),
      ]);
      return pngFolder(calibrationCharts);
    },
  },
  markdown: {
    makes: 'text',
    about: 'for a pull request or a wiki',
    load: async () => textReporter('markdown', (await import('./markdown.ts')).calibrationMarkdown),
  },
  yaml: {
    makes: 'text',
    about: 'only what is to be pasted',
    load: async () => textReporter('yaml', ({ yaml }) => `${yaml}\n`),
  },
};
