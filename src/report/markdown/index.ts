import { type Reporter, textReporter } from '../reporter.ts';
import { markdownOf } from './page.ts';

/** A page of Markdown for a pull request, an issue or a wiki. */
export const markdownReporter: Reporter = textReporter('markdown', markdownOf);
