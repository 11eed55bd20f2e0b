import type { Scenario } from '../models/parse.ts';
import type { SweepVariable } from '../result/index.ts';
import { type Problem, renderProblems } from '../scenario/index.ts';
import { unknownPath } from '../study/sweep/known-path.ts';
import { type BadPoint, badPoints, type Parse, setsOf } from '../study/sweep/plan-points.ts';
import { combinations, countOf } from '../study/sweep/points.ts';
import type { SweepDesign } from '../study/sweep/run-sweep.ts';
import { type BadVary, parseVary } from '../study/sweep/vary.ts';
import { type Constraint, parseWhere } from '../study/sweep/where.ts';
import { exitCode, Stop } from './exit.ts';
import { problemsText } from './read-scenario.ts';
import { stderrLook } from './terminal.ts';

/** Points that are more than anybody meant. */
const mostPoints = 100_000;

/**
 * What is to be swept, with every mistake said at once.
 * @throws Stop
 */
export function readSweep(
  parse: Parse,
  vary: readonly string[],
  where: readonly string[],
): { readonly base: Scenario; readonly design: SweepDesign } {
  const parsed = parse([]);
  const { scenario: base } = parsed;
  if (base === undefined) throw new Stop(exitCode.usage, problemsText(parsed).trimEnd());
  process.stderr.write(problemsText(parsed));
  if (vary.length === 0)
    refuse([{ problem: 'nothing is varied', hint: 'write --vary services.desk.threads=1,2,4' }]);
  const read = vary.map(parseVary);
  const variables = read.filter((each): each is SweepVariable => 'path' in each);
  const constraints = where.map((text) => parseWhere(text, variables));
  const isBad = (each: SweepVariable | Constraint | BadVary): each is BadVary => 'problem' in each;
  const problems = [
    ...read.filter(isBad),
    ...variables.flatMap(({ path }) => unknownPath(path, base.design) ?? []),
    ...twice(variables),
    ...constraints.filter(isBad),
  ];
  if (problems.length > 0) refuse(problems);
  if (countOf(variables) > mostPoints)
    refuse([
      { problem: `${countOf(variables)} points are more than ${mostPoints}`, hint: 'vary in larger steps' },
    ]);
  const { points, leftOut } = combinations(variables, constraints as Constraint[]);
  if (points.length === 0) refuse([{ problem: `no point keeps ${where.join(' and ')}` }]);
  const bad = badPoints(variables, points, parse);
  if (bad.length > 0) throw new Stop(exitCode.usage, badPointsText(bad));
  return {
    base,
    design: {
      variables,
      where,
      leftOut,
      points: points.map((values) => ({
        values,
        scenario: () => parse(setsOf(variables, values)).scenario as Scenario,
      })),
    },
  };
}

function refuse(problems: readonly BadVary[]): never {
  const lines = problems.map(
    ({ problem, hint }) => `error: ${problem}${hint === undefined ? '' : ` (${hint})`}`,
  );
  throw new Stop(exitCode.usage, lines.join('\n'));
}

const twice = (variables: readonly SweepVariable[]): BadVary[] =>
  variables
    .filter(({ path }, at) => variables.findIndex((other) => other.path === path) < at)
    .map(({ path }) => ({ problem: `--vary ${path} is given twice` }));

/** Each mistake once, with the first value that makes it, however many points have it. */
export function badPointsText(bad: readonly BadPoint[]): string {
  const seen = new Map<string, { problem: Problem; sources: ReadonlyMap<string, string> }>();
  for (const { parsed } of bad) {
    for (const problem of parsed.problems) {
      const line = parsed.sources.get(problem.file)?.split('\n')[problem.line - 1] ?? '';
      // A key that is wrong is so with every value.
      const text = problem.code === 'unknown-key' ? line.replace(/=.*/, '') : line;
      const key = `${problem.file}\n${text}\n${problem.column}\n${problem.message}`;
      if (problem.severity === 'error' && !seen.has(key)) seen.set(key, { problem, sources: parsed.sources });
    }
  }
  const texts = [...seen.values()].map(({ problem, sources }) =>
    renderProblems([problem], { sources, ...stderrLook() })
      .split('\n\n')
      .slice(0, -1)
      .join('\n\n'),
  );
  const count = `${texts.length} ${texts.length === 1 ? 'mistake' : 'mistakes'}, in ${bad.length} points`;
  return [...texts, count].join('\n\n');
}
