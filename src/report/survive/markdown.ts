import type { Survival } from '../../result/index.ts';
import { code, markdownTable, plain } from '../markdown/table.ts';
import { Names } from '../reading/names.ts';
import { againWords } from '../reading/next-steps.ts';
import {
  aboutText,
  feltText,
  growthText,
  loseWords,
  marginOf,
  nameOf,
  needsText,
  notesOf,
  reasonsOf,
  runsText,
  tightestText,
  verdictText,
  verdictWords,
} from './reading.ts';

const marks = { holds: '✅', fails: '❌', undecided: '❔' } as const;

/** Whether survivors hold, for a pull request or a wiki. */
export function survivalMarkdown(survival: Survival): string {
  const names = new Names(survival);
  const { scenario, verdict, baseline, cases } = survival;
  const rows = [baseline, ...cases].map((each) => [
    `${marks[each.status]} ${plain(nameOf(each))}`,
    ...[feltText(each), needsText(each), each.load, tightestText(each, names), growthText(each)].map(plain),
    plain(marginOf(each)),
  ]);
  const broken = cases.filter(({ status }) => status !== 'holds');
  const parts = [
    `## ${plain(scenario.name)}`,
    `**${verdictWords[verdict].toUpperCase()}** ${plain(verdictText(survival))}`,
    markdownTable(
      [
        { header: 'lost' },
        { header: 'felt' },
        { header: 'needs kept' },
        { header: 'load' },
        { header: 'tightest survivor' },
        { header: 'load can grow, at most', align: 'right' },
        { header: 'least room', align: 'right' },
      ],
      rows,
    ),
    ...broken.map((each) =>
      [
        `Without ${plain(nameOf(each))}:`,
        '',
        ...reasonsOf(each, survival, names).map((text) => `- ${plain(text)}`),
      ].join('\n'),
    ),
    [...cases.map((each) => aboutText(each, names)), ...notesOf(survival)]
      .map((text) => `- ${plain(text)}`)
      .join('\n'),
    `${code(againWords(survival, loseWords(survival)).join(' '))} · ${plain(runsText(survival))}`,
  ];
  return `${parts.join('\n\n')}\n`;
}
