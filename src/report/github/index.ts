import { posix } from 'node:path';
import type { Result, TargetResult } from '../../result/index.ts';
import { markdownOf } from '../markdown/page.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { Names } from '../reading/names.ts';
import { askedText, measuredBy, targetGroups } from '../reading/target-groups.ts';
import { reasonText } from '../reading/verdict-facts.ts';
import type { Reporter, View } from '../reporter.ts';
import { type Annotation, commandOf } from './command.ts';
import { lineOf } from './line-of.ts';

/** GitHub shows so many annotations of a level and step, and no more. */
const shownOfALevel = 10;

/** Names of what it makes: lines of workflow commands for the log, and Markdown for the step's summary. */
export const githubArtifacts = { annotations: 'annotations.txt', summary: 'summary.md' } as const;

/** Annotations for broken needs, refuted claims and what is undecided, and a page for the step's summary. */
export const githubReporter: Reporter = {
  name: 'github',
  render: async (results, { path, source }) => [
    {
      path: posix.join(path, githubArtifacts.annotations),
      content: results
        .flatMap((result) => annotationsOf(result, source))
        .map(commandOf)
        .join(''),
    },
    { path: posix.join(path, githubArtifacts.summary), content: results.map(markdownOf).join('\n') },
  ],
};

const levels: Partial<Record<TargetResult['status'], Annotation['level']>> = {
  fail: 'error',
  'no-data': 'error',
  warn: 'warning',
  inconclusive: 'notice',
};

function annotationsOf(result: Result, source: View['source']): Annotation[] {
  const { scenario, loadReasons } = result;
  const names = new Names(result);
  const file = scenario.file === '-' ? undefined : scenario.file;
  const text = file === undefined ? undefined : source?.(file);
  const targets = targetGroups(result.targets).flatMap((group) =>
    group.targets.flatMap((target): Annotation[] => {
      const level = levels[target.status];
      return level === undefined
        ? []
        : [{ level, file, ...lineOf(text, target.target), ...textOf(target, result) }];
    }),
  );
  const load = loadReasons.map(
    (reason): Annotation => ({
      level: 'warning',
      file,
      title: `${scenario.name}: ${result.load}`,
      message: reasonText(reason, names),
    }),
  );
  const all = [...targets, ...load];
  return (['error', 'warning', 'notice'] as const).flatMap((level) =>
    all.filter((one) => one.level === level).slice(0, shownOfALevel),
  );
}

function textOf(target: TargetResult, result: Result): Pick<Annotation, 'title' | 'message'> {
  const { metric, reason, because } = target;
  const lines = [
    `measured ${estimateText(measuredBy(target, result))}`,
    ...(reason === undefined ? [] : [reason]),
    ...(because === undefined ? [] : [`because ${because}`]),
  ];
  return {
    title: `${result.scenario.name}: ${askedText(target, metric, result)}`,
    message: lines.join('\n'),
  };
}
