import type { RoadmapReport } from '../../result/index.ts';
import { code, markdownTable, plain } from '../markdown/table.ts';
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
  whatText,
} from './reading.ts';

const marks = { holds: '✅', fails: '❌', undecided: '❔' } as const;

/** A roadmap for a pull request or a wiki. */
export function roadmapMarkdown(report: RoadmapReport): string {
  const months = report.onTime.map((point) => [
    `${marks[point.state]} ${point.month}`,
    loadText(point),
    plain(listed(point.phases)),
    plain(whatText(point, report)),
    costText(point),
  ]);
  const courses = report.courses.map((course) => [
    plain(courseName(course)),
    course.due === undefined ? '' : String(course.due),
    breaksText(course),
    slackText(course),
    plain(courseWhat(course, report)),
  ]);
  const parts = [
    `## ${plain(report.scenario.name)}`,
    `**${plain(headline(report))}**`,
    `${plain(runsText(report))}.`,
    markdownTable(
      [
        { header: 'month' },
        { header: 'load', align: 'right' },
        { header: 'phases in use' },
        { header: 'all on time' },
        { header: '$ a month', align: 'right' },
      ],
      months,
    ),
    ...(courses.length === 0
      ? []
      : [
          markdownTable(
            [
              { header: 'if' },
              { header: 'due', align: 'right' },
              { header: 'breaks in' },
              { header: 'slack', align: 'right' },
              { header: 'what' },
            ],
            courses,
          ),
          notes.map((note) => `- ${plain(note)}`).join('\n'),
        ]),
    code(againWords(report).join(' ')),
  ];
  return `${parts.join('\n\n')}\n`;
}
