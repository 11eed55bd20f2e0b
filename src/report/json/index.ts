import { writeResult } from '../../result/index.ts';
import { type Reporter, textReporter } from '../reporter.ts';

/** The document itself, on one line; several results are as many lines. */
export const jsonReporter: Reporter = textReporter('json', writeResult);
