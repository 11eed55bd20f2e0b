import type { Result } from '../../result/index.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

/** What the scenario leaves open and was assumed, each with where it comes from. */
export function assumptionSection({ assumptions }: Result, { style, columns }: Page): Section {
  if (assumptions.length === 0) return [];
  const lines = assumptions.flatMap(({ about, value, source }) =>
    wrap(`${about}: ${value} (${source})`, columns - 2, { indent: 2, hanging: 4 }),
  );
  return [style.bold('Assumed'), ...lines.map((line) => style.dim(line))];
}
