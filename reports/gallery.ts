import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseScenario, type Scenario } from '../src/models/parse.ts';
import { renderPlan } from '../src/report/plan/terminal.ts';
import { renderRoadmap } from '../src/report/roadmap/terminal.ts';
import { renderTerminal } from '../src/report/terminal/index.ts';
import type { Plan } from '../src/result/index.ts';
import { version } from '../src/result/version.ts';
import { findPlan } from '../src/study/plan/find-plan.ts';
import { readPlan } from '../src/study/plan/read-plan.ts';
import { runRoadmap } from '../src/study/roadmap/run-roadmap.ts';
import { RunPool } from '../src/study/run-pool.ts';
import { runScenario } from '../src/study/run-scenario.ts';

/** Names of the shipped scenarios, by their files. */
export const scenarioNames = (): string[] =>
  readdirSync('scenarios')
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'));

/** Whether it goes on over months: what is asked of it is `headroom roadmap`, not `headroom run`. */
const isRoadmap = ({ roadmap: { growth, phases } }: Scenario): boolean =>
  growth !== undefined || Object.keys(phases).length > 0;

/**
 * Writes the report of a scenario as its user sees it at 80 columns, and answers with how it went in a few words.
 *
 * @param folder where it goes, as `NAME.txt`: never into a folder below, where the baselines of `headroom check` are
 * @param sets changes to the scenario
 */
export async function writeReport(
  name: string,
  folder: string,
  sets: readonly string[] = [],
): Promise<string> {
  if (!scenarioNames().includes(name)) throw new Error(`no scenario is called ${name}`);
  const file = `scenarios/${name}.yaml`;
  const parse = (more: readonly string[], phases?: readonly string[]) =>
    parseScenario(file, (path) => readFileSync(path), more, phases);
  const { scenario } = parse(sets);
  if (scenario === undefined) throw new Error(`${file} does not stand: headroom validate ${file}`);
  const pool = new RunPool();
  const look = { color: false, columns: 80 };
  const write = (page: string) => writeFileSync(join(folder, `${name}.txt`), page);
  try {
    if (isRoadmap(scenario)) {
      const report = await runRoadmap(scenario, { file, version, sets, pool, parse });
      write(renderRoadmap(report, look));
      return `${report.onTime.map(({ state }) => state).join(', ')}, ${report.runs} runs a month`;
    }
    const result = await runScenario(scenario, { file, version, pool });
    write(renderTerminal(result.result, look));
    const { verdict, load, runs } = result.result;
    return `${verdict}, ${load}, ${runs} runs`;
  } finally {
    await pool.close();
  }
}

/** What `headroom plan` prints of a scenario that has a `plan:`, as `NAME-plan.txt`; undefined where it has none. */
export async function writePlanReport(
  name: string,
  folder: string,
  sets: readonly string[] = [],
): Promise<Plan | undefined> {
  const file = `scenarios/${name}.yaml`;
  const parsed = parseScenario(file, (path) => readFileSync(path), sets);
  const { scenario } = parsed;
  if (scenario?.plan === undefined) return undefined;
  const space = readPlan(parsed);
  if ('problems' in space) throw new Error(`${file} has no plan that stands: headroom validate ${file}`);
  const pool = new RunPool();
  const plan = await findPlan(scenario, space, { file, version, pool, prices: true });
  await pool.close();
  writeFileSync(join(folder, planPage(name)), renderPlan(plan, { color: false, columns: 80 }));
  return plan;
}

const planPage = (name: string): string => `${name}-plan.txt`;

/** Writes the index of the reports in a folder. */
export function writeIndex(folder: string): void {
  const rows = scenarioNames().flatMap((name) => {
    return [`${name}.txt`, planPage(name)].flatMap((page) => {
      const path = join(folder, page);
      if (!existsSync(path)) return [];
      return [`* [${basename(page, '.txt')}](${page}): ${verdictOf(readFileSync(path, 'utf8'))}`];
    });
  });
  const page = [
    '# Reports of the shipped scenarios',
    '',
    'Each is what `headroom run scenarios/NAME.yaml` prints at 80 columns; of a roadmap, what `headroom roadmap` prints; those that',
    'end in -plan, what `headroom plan` does. `npm run reports` writes them anew. What `headroom check` holds scenarios against is',
    'in [baselines](baselines): `headroom baseline update` alone writes that.',
    '',
    ...rows,
    '',
  ];
  writeFileSync(join(folder, 'README.md'), page.join('\n'));
}

/** What a report begins with below its name and perhaps its title: a line in capitals, with those that go on with it. */
export function verdictOf(page: string): string {
  const [head] = page.split('\n\n');
  const lines = head.split('\n').slice(1);
  const first = lines.findIndex((line) => /^[A-Z]{2,}[A-Z ,]+  \S/.test(line));
  if (first < 0) return roadmapVerdict(lines);
  // A line of its own for each reason follows, less indented than the verdict goes on.
  const next = lines.slice(first + 1).findIndex((line) => !/^ {3}/.test(line));
  const end = next < 0 ? lines.length : first + 1 + next;
  return lines.slice(first, end).map((line) => line.trim()).join(' ').replace(/ {2,}/, '  ');
}

/** Of a roadmap: a word, and in which months; what goes on is indented by two. */
function roadmapVerdict(lines: readonly string[]): string {
  const first = lines.findIndex((line) => /^(HOLDS|FAILS|UNDECIDED) /.test(line));
  if (first < 0) return '';
  const more = lines.slice(first + 1);
  const end = more.findIndex((line) => !line.startsWith('  '));
  const text = [lines[first], ...more.slice(0, end < 0 ? undefined : end)].map((line) => line.trim()).join(' ');
  return text.replace(' ', '  ');
}
