import { parseTarget, resolveTarget } from '../../metrics/index.ts';
import { type ParsedScenario, parseScenario, type Scenario } from '../../models/parse.ts';
import type { PlanSettings, PlanValue, PlanValues } from '../../models/plan-settings.ts';
import type { PlanVariable } from '../../result/index.ts';
import { type LocatedNode, nearestWord, type Problem, problemIn, settingText } from '../../scenario/index.ts';
import { endlessPatience } from '../survive/patience.ts';
import { unknownPath } from '../sweep/known-path.ts';
import { combinations, countOf } from '../sweep/points.ts';
import { type BadVary, parseVary } from '../sweep/vary.ts';
import { type Constraint, parseWhere, type Side, sideOf } from '../sweep/where.ts';

/** More designs than can be looked at one by one. */
const mostDesigns = 20_000;

/** A plan as it is searched. */
export interface PlanSpace {
  readonly plan: PlanSettings;
  readonly variables: readonly PlanVariable[];
  /** What is to be least, of the values of a design; undefined: the month's cost. */
  readonly objective?: (values: readonly string[]) => number;
  readonly designs: readonly (readonly string[])[];
  readonly leftOut: number;
}

/** What a scenario's `plan:` asks for, with every mistake at its place. */
export function readPlan(parsed: ParsedScenario): PlanSpace | { readonly problems: readonly Problem[] } {
  const { scenario, document } = parsed;
  if (scenario === undefined || document === undefined) return { problems: parsed.problems };
  const { plan } = scenario;
  const problem = problemsAt(document);
  if (plan === undefined) return { problems: [noPlan(document)] };
  const read = Object.entries(plan.vary).map(([path, written]) => ({
    path,
    variable: variableOf(path, written),
  }));
  const variables = read.flatMap(({ variable }) => ('problem' in variable ? [] : [variable]));
  const constraints = plan.where.map((text) => parseWhere(text, variables));
  const objective = plan.minimise === 'cost.month' ? undefined : sideOf(plan.minimise, variables);
  const problems = [
    ...(read.length === 0 ? [problem(['vary'], { problem: 'nothing is varied', hint: example })] : []),
    ...read.flatMap(({ path, variable }) =>
      'problem' in variable ? [problem(['vary', path], variable)] : unknown(variable, scenario, problem),
    ),
    ...constraints.flatMap((each, at) => ('problem' in each ? [problem(['where', at], each)] : [])),
    ...(objective === undefined ? [] : badObjective(objective, plan, problem)),
    ...keptProblems(plan, scenario, problem),
    ...(plan.maxRuns < plan.runs
      ? [problem(['maxRuns'], { problem: `fewer than plan.runs, ${plan.runs}` })]
      : []),
    ...(plan.survive === undefined ? [] : endlessPatience(parsed)),
    ...(plan.survive === 'any-region' &&
    scenario.design.regions.length === 1 &&
    !isVaried('regions', variables)
      ? [
          problem(['survive'], {
            problem: `${scenario.design.regions[0]} is the only region: nobody would be left to bear the load`,
          }),
        ]
      : []),
  ];
  if (problems.length > 0) return { problems };
  if (countOf(variables) > mostDesigns)
    return {
      problems: [
        problem(['vary'], {
          problem: `${countOf(variables)} designs are more than ${mostDesigns}`,
          hint: 'vary in larger steps',
        }),
      ],
    };
  const { points, leftOut } = combinations(variables, constraints as Constraint[]);
  if (points.length === 0)
    return { problems: [problem(['where'], { problem: `no design keeps ${plan.where.join(' and ')}` })] };
  return {
    plan,
    variables,
    ...(objective === undefined ? {} : { objective: (values) => Number((objective as Side)(values)) }),
    designs: points,
    leftOut,
  };
}

const isVaried = (section: string, variables: readonly PlanVariable[]): boolean =>
  variables.some(({ path }) => path.split('.')[0] === section);

const example = 'plan: { vary: { services.desk.instances: 1..8 } }';

type ProblemAt = (path: readonly (string | number)[], bad: BadVary) => Problem;

const problemsAt =
  (document: LocatedNode): ProblemAt =>
  (path, { problem, hint }) =>
    problemIn(document, ['plan', ...path], {
      code: 'plan',
      message: unlabelled(problem),
      ...(hint === undefined ? {} : { hint }),
    });

/** Without the option's name, under which the command line has the same mistakes. */
const unlabelled = (problem: string): string => problem.replace(/^--vary [^:]+: |^--vary: |^--where /, '');

const noPlan = (document: LocatedNode): Problem =>
  problemIn(document, [], {
    code: 'plan',
    message: 'the scenario does not say what may be changed',
    expected: 'a section plan, with vary',
    hint: example,
  });

function variableOf(path: string, written: PlanSettings['vary'][string]): PlanVariable | BadVary {
  const { values, monotone } = isLong(written) ? written : { values: written, monotone: false };
  if (Array.isArray(values)) return { path, values: [...new Set(values.map(settingValue))], monotone };
  const read = parseVary(`${path}=${values}`);
  return 'problem' in read ? read : { ...read, monotone };
}

const isLong = (
  written: PlanSettings['vary'][string],
): written is { readonly values: PlanValues; readonly monotone: boolean } =>
  typeof written === 'object' && !Array.isArray(written);

/** A value as `--set` takes it. */
const settingValue = (value: PlanValue): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

function unknown({ path, values: [value] }: PlanVariable, scenario: Scenario, problem: ProblemAt): Problem[] {
  const bad = unknownPath(path, scenario.design);
  return (bad === undefined ? unknownKeys(path, value, scenario) : [bad]).map((each) =>
    problem(['vary', path], each),
  );
}

/** Keys below an entry that the language does not have. */
function unknownKeys(path: string, value: string, { design, text }: Scenario): BadVary[] {
  const { problems } = parseScenario(design.name, () => text, [
    'plan=~',
    settingText(path.split('.'), value),
  ]);
  return problems
    .filter(({ code }) => code === 'unknown-key')
    .map(({ message, expected, hint = expected }) => ({
      problem: message,
      ...(hint === undefined ? {} : { hint }),
    }));
}

function badObjective(objective: Side | BadVary, { minimise }: PlanSettings, problem: ProblemAt): Problem[] {
  const hint = 'write cost.month, or a product of variables: instances * threads';
  if ('problem' in objective) return [problem(['minimise'], { hint, ...objective })];
  if (objective.isVaried) return [];
  return [problem(['minimise'], { problem: `${minimise} names nothing that is varied`, hint })];
}

function keptProblems({ keep = [] }: PlanSettings, { catalog }: Scenario, problem: ProblemAt): Problem[] {
  return keep.flatMap((text, at) => {
    const target = parseTarget(text);
    const resolved = 'kind' in target ? target : resolveTarget(target, catalog);
    if (Array.isArray(resolved)) return [];
    const mistake = resolved as { message: string; word?: string; hint?: string };
    const near = mistake.word === undefined ? undefined : nearestWord(mistake.word, catalog.ids);
    const hint = near === undefined ? mistake.hint : `did you mean ${near}?`;
    return [problem(['keep', at], { problem: mistake.message, ...(hint === undefined ? {} : { hint }) })];
  });
}
