import { type Reporter, textReporter } from '../reporter.ts';
import { renderTerminal } from './index.ts';

export const terminalReporter: Reporter = textReporter('terminal', renderTerminal);
