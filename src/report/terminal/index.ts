import type { Result } from '../../result/index.ts';
import { styleOf } from '../text/style.ts';
import { assumptionSection } from './assumptions.ts';
import { costSection } from './cost.ts';
import { footerSection } from './footer.ts';
import { lagSection } from './lag.ts';
import { occurrenceSection } from './occurrences.ts';
import type { Page, Section } from './page.ts';
import { spreadSection } from './spread.ts';
import { stationSection } from './stations.ts';
import { targetSection } from './targets.ts';
import { verdictSection } from './verdict.ts';
import { waterfallSection } from './waterfall.ts';
import { workloadSection } from './workload.ts';

/** In the order in which people ask: does it hold, how fast, where does the time go, what is tight, what does it cost. */
const sections: readonly ((result: Result, page: Page) => Section)[] = [
  verdictSection,
  targetSection,
  workloadSection,
  waterfallSection,
  stationSection,
  spreadSection,
  lagSection,
  occurrenceSection,
  costSection,
  assumptionSection,
  footerSection,
];

/** The report for a terminal: text, no wider than it. */
export function renderTerminal(
  result: Result,
  { color, columns }: { color: boolean; columns: number },
): string {
  const page: Page = { style: styleOf(color), columns };
  const blocks = sections.map((section) => section(result, page)).filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}
