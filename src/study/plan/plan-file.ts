import { Document, parse } from 'yaml';
import type { ParsedScenario } from '../../models/parse.ts';
import type { Plan } from '../../result/index.ts';

/** Reads a scenario: of a file, or of a text that stands at its place; with settings. */
export type ReadScenario = (sets: readonly string[], text?: string) => ParsedScenario;

/**
 * A scenario that is the winner of a plan: what was planned, and the values that were chosen. It extends the file where
 * that gives the same design, else it has all in one piece (a value in the middle of a list can only be written with it).
 * @param extended the path of the planned file from where this one is to stand; undefined: there is none
 */
export function planFileText(
  plan: Plan,
  keep: readonly string[] | undefined,
  read: ReadScenario,
  extended: string | undefined,
): string {
  const { scenario, variables, winner } = plan;
  const chosen = variables.map(({ path }, at) => `${path} ${winner?.values[at]}`);
  const head = [
    `# The cheapest design of ${scenario.name} that keeps its needs, found by headroom plan ${scenario.file}:`,
    ...chosen.map((each) => `# ${each}`),
    '',
  ].join('\n');
  const kept = keep === undefined ? [] : [`targets=${JSON.stringify(keep)}`];
  const changes = [...kept, ...(winner?.sets ?? [])];
  const whole = read([...changes, 'plan=~']).scenario;
  const text = `${head}${extending(extended ?? '', [...(scenario.sets ?? []), ...changes])}`;
  const isSame = extended !== undefined && read([], text).scenario?.hash === whole?.hash;
  return isSame ? text : `${head}${whole?.text ?? ''}`;
}

function extending(file: string, changes: readonly string[]): string {
  const document = new Document({ extends: file, plan: null });
  for (const change of changes) {
    const equals = change.indexOf('=');
    document.setIn(change.slice(0, equals).split('.'), document.createNode(parse(change.slice(equals + 1))));
  }
  return document.toString({ nullStr: '~', lineWidth: 0 });
}
