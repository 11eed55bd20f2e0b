import type { Result } from '../../result/index.ts';
import { Names } from '../reading/names.ts';
import { styleOf } from '../text/style.ts';
import { assumptionSection } from './assumptions.ts';
import { batchSection, groupSection } from './batches.ts';
import { costSection } from './cost.ts';
import { damageSection } from './damage.ts';
import { faultSection } from './faults.ts';
import { footerSection } from './footer.ts';
import { lagSection } from './lag.ts';
import { legendSection } from './legend.ts';
import { occurrenceSection } from './occurrences.ts';
import type { Page, Section } from './page.ts';
import { rebalanceSection } from './rebalances.ts';
import { scalingSection } from './scaling.ts';
import { spreadSection } from './spread.ts';
import { stationSection } from './stations.ts';
import { targetSection } from './targets.ts';
import { timelineSection } from './timeline.ts';
import { bodyColumns, flow, stacked } from './two-columns.ts';
import { verdictSection } from './verdict.ts';
import { waterfallSection } from './waterfall.ts';
import { workloadSection } from './workload.ts';
import { yearlySection } from './yearly.ts';

type Draw = (result: Result, page: Page) => Section;

/** Does it hold? Across the whole page. */
const head: readonly Draw[] = [verdictSection, targetSection];

/** What went wrong, and how it went on: across the whole page, too. */
const incident: readonly Draw[] = [faultSection, timelineSection];

/** In the order in which people ask: how fast, where does the time go, what is tight, what does it cost. */
const body: readonly Draw[] = [
  workloadSection,
  waterfallSection,
  stationSection,
  spreadSection,
  lagSection,
  rebalanceSection,
  batchSection,
  groupSection,
  damageSection,
  yearlySection,
  scalingSection,
  occurrenceSection,
  costSection,
  assumptionSection,
];

/** What the report is printed on. */
export interface Look {
  readonly color: boolean;
  /** Columns of the terminal; 60 or more. */
  readonly columns: number;
}

/** The report for a terminal: text, no wider than it. */
export function renderTerminal(result: Result, { color, columns }: Look): string {
  const page: Page = { style: styleOf(color), columns, names: new Names(result) };
  const half: Page = { ...page, columns: bodyColumns(columns) };
  const draw = (sections: readonly Draw[], on: Page) =>
    sections.map((section) => section(result, on)).filter((lines) => lines.length > 0);
  const shown = [...draw([...head, ...incident], page), flow(draw(body, half), columns)];
  const legend = legendSection(stacked(shown), page);
  const blocks = [...shown, legend, footerSection(result, page)].filter((lines) => lines.length > 0);
  return `${stacked(blocks)
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
}
