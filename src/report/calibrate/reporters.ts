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
  yaml: {
    makes: 'text',
    about: 'only what is to be pasted',
    load: async () => textReporter('yaml', ({ yaml }) => `${yaml}\n`),
  },
};
