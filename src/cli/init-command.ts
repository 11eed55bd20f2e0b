import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { scenarioJsonSchema } from '../models/json-schema.ts';
import {
  type FirstAnswers,
  firstDefaults,
  firstScenario,
  type Read,
  readName,
  readRate,
  readRegions,
  readWithin,
} from '../reference/first-scenario.ts';
import { Questions } from './ask.ts';
import { exitCode, Stop } from './exit.ts';
import { Unwritable, writeFiles } from './write-files.ts';

/** The name of the schema beside the scenario. */
const schemaFile = 'scenario.schema.json';

interface InitOptions {
  readonly name?: string;
  readonly rate?: string;
  readonly regions?: string;
  readonly within?: string;
}

/** `headroom init [FILE]`: a scenario to begin with, and its schema beside it. */
export function initCommand(): Command {
  return new Command('init')
    .description('write a commented scenario to begin with, and its schema for editors beside it')
    .argument('[file]', 'where to; nothing that is there is overwritten', 'scenario.yaml')
    .option('--name <name>', 'what it is called')
    .option('--rate <rate>', 'requests: 100/s, 12M/month')
    .option('--regions <names>', 'AWS regions, by commas')
    .option('--within <duration>', 'what 95% of the requests must be answered within')
    .addHelpText(
      'after',
      '\nOn a terminal it asks for what no option says; elsewhere it takes the defaults:\n' +
        `  --name "${firstDefaults.name}" --rate ${firstDefaults.rate} --regions ${firstDefaults.regions} --within ${firstDefaults.within}`,
    )
    .action(async (file: string, options: InitOptions) => {
      if (!/\.ya?ml$/.test(file))
        throw usage(`a scenario is a YAML file: headroom init ${file.replace(/\.[^./]*$/, '')}.yaml`);
      refuseToOverwrite(file);
      const schemaPath = join(dirname(file), schemaFile);
      const schema = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
      const hasSchema = isThere(schemaPath, schema);
      const answers = await answersOf(options);
      const artifacts = [
        { path: file, content: firstScenario(answers, schemaFile) },
        ...(hasSchema ? [] : [{ path: schemaPath, content: schema }]),
      ];
      refuseToOverwrite(file);
      try {
        writeFiles(artifacts);
      } catch (error) {
        if (error instanceof Unwritable) throw usage(error.message);
        throw error;
      }
      const written = artifacts.map(({ path }) => `${path}: written\n`).join('');
      process.stdout.write(`${written}Next  headroom run ${file}\n`);
    });
}

const usage = (message: string): Stop => new Stop(exitCode.usage, `error: ${message}`);

function refuseToOverwrite(file: string): void {
  if (existsSync(file)) throw usage(`${file} is there already: name another file, headroom init other.yaml`);
}

/** Whether the schema is there as it would be written; another one is nobody's to replace but its owner's. */
function isThere(path: string, schema: string): boolean {
  if (!existsSync(path)) return false;
  if (readFileSync(path, 'utf8') === schema) return true;
  throw usage(
    `${path} is there already, and another one: headroom schema > ${path} replaces it, or name another folder`,
  );
}

/** What options say, what is asked on a terminal, else defaults. All that options say is looked at before any question. */
async function answersOf(options: InitOptions): Promise<FirstAnswers> {
  const given = {
    name: taken('--name', options.name, readName),
    rate: taken('--rate', options.rate, readRate),
    regions: taken('--regions', options.regions, readRegions),
    within: taken('--within', options.within, readWithin),
  };
  const isTerminal = process.stdin.isTTY === true && process.stderr.isTTY === true;
  if (!isTerminal) return { ...firstDefaults, ...withoutGaps(given) };
  const { name, rate, regions, within } = firstDefaults;
  const questions = new Questions();
  try {
    return {
      name: given.name ?? (await questions.ask('What is it called?', name, readName)),
      rate: given.rate ?? (await questions.ask('How many requests come, at the busiest?', rate, readRate)),
      regions:
        given.regions ??
        (await questions.ask('In which AWS regions, the primary first?', regions.join(', '), readRegions)),
      within: given.within ?? (await questions.ask('Within what must 95% be answered?', within, readWithin)),
    };
  } finally {
    questions.close();
  }
}

function taken<Value>(
  option: string,
  text: string | undefined,
  read: (text: string) => Read<Value>,
): Value | undefined {
  if (text === undefined) return undefined;
  const answer = read(text);
  if ('value' in answer) return answer.value;
  throw usage(`${option}: ${answer.problem}`);
}

const withoutGaps = <T extends object>(given: T): Partial<FirstAnswers> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
