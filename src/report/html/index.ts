import type { Reporter } from '../reporter.ts';
import { chartLibrary, clientScript, styleSheet } from './assets.ts';
import { documentOf } from './document.ts';
import { pageOf } from './page-of.ts';

/** One page that opens offline: everything is in the file, and nothing is asked of anybody. */
export const htmlReporter: Reporter = {
  name: 'html',
  render: async ([result, ...others], { path }) => {
    if (others.length > 0) throw new RangeError('a page shows one result');
    const parts = { style: styleSheet(), library: chartLibrary(), client: clientScript() };
    return [{ path, content: documentOf(result.scenario.name, pageOf(result), parts) }];
  },
};
