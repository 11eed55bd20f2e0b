import type { RoadmapReport } from '../../result/index.ts';
import { commandLines } from '../terminal/footer.ts';
import { type Style, styleOf } from '../text/style.ts';
import { type Row, table } from '../text/table.ts';
import { apart } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import {
  againWords,
  breaksText,
  costText,
  courseName,
  courseWhat,
  headline,
  listed,
  loadText,
  notes,
  runsText,
  slackText,
  stateMark,
  whatText,
} from './reading.ts';

export interface Look {
  readonly color: boolean;
  readonly columns: number;
}

/** A roadmap for a terminal: a line, a row a month, a row a phase that slips. */
export function renderRoadmap(report: RoadmapReport, { color, columns }: Look): string {
  const style = styleOf(color);
  const blocks = [
    [
      apart(style.bold(report.scenario.name), style.dim('roadmap'), columns),
      ...wrap(headline(report), columns, { hanging: 2 }).map(style.bold),
      ...wrap(runsText(report), columns, { hanging: 2 }).map(style.dim),
    ],
    monthLines(report, columns, style),
    courseLines(report, columns, style),
    report.courses.length === 0
      ? []
      : notes.flatMap((note) => wrap(note, columns, { hanging: 2 }).map(style.dim)),
    ['Again', ...commandLines(againWords(report), { columns: columns - 2 }).map((line) => `  ${line}`)],
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

function monthLines(report: RoadmapReport, columns: number, style: Style): string[] {
  const rows = report.onTime.map((point, at): Row => {
    const before = at === 0 ? [] : report.onTime[at - 1].phases;
    const paint = { holds: style.green, fails: style.red, undecided: style.yellow }[point.state];
    return [
      { text: `${stateMark[point.state]} ${point.month}`, paint },
      loadText(point),
      listed(point.phases.filter((name) => !before.includes(name))),
      whatText(point, report),
      costText(point),
    ];
  });
  return table(
    [
      { header: 'Month' },
      { header: 'load', align: 'right' },
      { header: 'new', minimum: 10, wraps: true },
      { header: 'all on time', minimum: 20, wraps: true, stretch: true },
      { header: '$ a month', align: 'right' },
    ],
    rows,
    { columns, paintHeader: style.bold },
  );
}

function courseLines(report: RoadmapReport, columns: number, style: Style): string[] {
  if (report.courses.length === 0) return [];
  return table(
    [
      { header: 'If', minimum: 14, wraps: true },
      { header: 'due', align: 'right' },
      { header: 'breaks in' },
      { header: 'slack', align: 'right' },
      { header: 'what', minimum: 20, wraps: true, stretch: true },
    ],
    report.courses.map((course) => [
      courseName(course),
      course.due === undefined ? '' : String(course.due),
      breaksText(course),
      slackText(course),
      courseWhat(course, report),
    ]),
    { columns, paintHeader: style.bold },
  );
}
