import { chartLibrary, compareScript, compareStyleSheet } from '../../html/assets.ts';
import { documentOf } from '../../html/document.ts';
import type { Reporter } from '../../reporter.ts';
import type { Compared } from '../compared.ts';
import { titleOf } from '../reading.ts';
import { comparePageOf } from './page-of.ts';

/** One page that opens offline: the designs beside each other. */
export const compareHtmlReporter: Reporter<Compared> = {
  name: 'html',
  render: async ([compared, ...others], { path }) => {
    if (others.length > 0) throw new RangeError('a page shows one comparison');
    const parts = { style: compareStyleSheet(), library: chartLibrary(), client: compareScript() };
    return [{ path, content: documentOf(titleOf(compared.comparison), comparePageOf(compared), parts) }];
  },
};
