import type { Result } from '../../result/index.ts';
import { apart } from '../text/width.ts';
import type { Page, Section } from './page.ts';

/** How to see the same again, and what to look at next. */
export function footerSection({ scenario, seed, fingerprint }: Result, { style, columns }: Page): Section {
  const again = `headroom run ${scenario.file} --seed ${seed}`;
  return [
    apart(`${style.bold('Again')}  ${again}`, style.dim(`#${fingerprint}`), columns),
    `${style.bold('All')}    headroom run ${scenario.file} --json`,
  ];
}
