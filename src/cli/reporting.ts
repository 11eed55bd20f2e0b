import { appendFileSync, readFileSync } from 'node:fs';
import { Option } from 'commander';
import type { Artifact, Registry } from '../report/reporter.ts';
import { reporters } from '../report/reporters.ts';
import type { Result } from '../result/index.ts';
import { listed, nearestWord } from '../scenario/index.ts';
import { exitCode, Stop } from './exit.ts';
import { wordsOfOption } from './options.ts';
import { stdoutLook } from './terminal.ts';
import { prepareFile, prepareFolder, Unwritable, writeFiles } from './write-files.ts';

/** What a user asked of one reporter: `html=report.html`, or `markdown` for stdout. */
interface Wish {
  readonly name: string;
  readonly path?: string;
}

const usage = (message: string): Stop => new Stop(exitCode.usage, `error: ${message}`);

/** `--reporter name[=file]`, repeatable. */
export function reporterOption<Document = Result>(registry?: Registry<Document>): Option {
  const known: Registry<never> = registry ?? reporters;
  const list = Object.entries(known).map(([name, { about }]) => `${name} (${about})`);
  const option = new Option('--reporter <name[=file]>', `a report more (repeatable): ${list.join(', ')}`)
    .argParser((text: string, before: readonly Wish[]) => [...before, wishOf(text, known)])
    .default([], 'terminal');
  wordsOfOption.set(option, Object.keys(known));
  return option;
}

function wishOf(text: string, registry: Registry<never>): Wish {
  const names = Object.keys(registry);
  const [name, ...rest] = text.split('=');
  // `-` is stdout, as everywhere.
  const path = rest.length === 0 || rest.join('=') === '-' ? undefined : rest.join('=');
  if (!Object.hasOwn(registry, name)) {
    const near = nearestWord(name, names);
    const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
    throw usage(`no reporter is called ${name || 'nothing'}; expected ${listed(names)}${hint}`);
  }
  if (path === '') throw usage(`--reporter ${text} names no file`);
  if (path === undefined && registry[name].makes === 'folder')
    throw usage(`--reporter ${name} makes several files: name a folder, ${name}=charts`);
  return { name, ...(path === undefined ? {} : { path }) };
}

/** Options of a command that reports. */
export interface ReportingOptions {
  readonly reporter: readonly Wish[];
  readonly json?: boolean;
}

/** What is reported where: each wish, and one text on stdout, the terminal's unless another one has no file. */
export class Reporting<Document = Result> {
  private readonly wishes: readonly Wish[];
  private readonly registry: Registry<Document>;

  /** @throws Stop where wishes contradict each other, or a file could not be written */
  constructor({ reporter, json }: ReportingOptions, registry?: Registry<Document>) {
    this.registry = registry ?? (reporters as unknown as Registry<Document>);
    for (const { name } of reporter) {
      if (!Object.hasOwn(this.registry, name))
        throw usage(
          `a document of this sort has no reporter ${name}; expected ${listed(Object.keys(this.registry))}`,
        );
    }
    const isForStdout = ({ name, path }: Wish) => path === undefined && this.registry[name].makes === 'text';
    const wishes = [...reporter, ...(json ? [{ name: 'json' } as const] : [])];
    const onStdout = wishes.filter(isForStdout);
    if (onStdout.length > 1) {
      const [first, second] = onStdout.map(({ name }) => name);
      throw usage(`${first} and ${second} would share stdout: give a file, ${second}=FILE`);
    }
    const twice = wishes.find(
      ({ path }, at) => path !== undefined && wishes.findIndex((other) => other.path === path) < at,
    );
    if (twice !== undefined)
      throw usage(`two reporters would write ${twice.path}: give each a file of its own`);
    const isGitHub =
      process.env.GITHUB_ACTIONS === 'true' &&
      'github' in this.registry &&
      !wishes.some(({ name }) => name === 'github');
    this.wishes = [
      ...(onStdout.length === 0 ? [{ name: 'terminal' } as const] : []),
      ...wishes,
      ...(isGitHub ? [{ name: 'github' } as const] : []),
    ];
    stopped(() => this.prepare());
  }

  private prepare(): void {
    for (const { name, path } of this.wishes) {
      if (path === undefined) continue;
      if (this.registry[name].makes === 'text') prepareFile(path);
      else prepareFolder(path);
    }
  }

  /** Renders all, then writes all: stdout last, so that it says nothing that did not happen. */
  async report(results: readonly Document[]): Promise<void> {
    const files: Artifact[] = [];
    const texts: string[] = [];
    for (const { name, path } of this.wishes) {
      const { load, makes } = this.registry[name];
      const reporter = await load();
      const look = path === undefined ? stdoutLook() : { color: false, columns: 80 };
      const artifacts: readonly Artifact[] = await reporter.render(results, {
        path: path ?? '',
        ...look,
        source: sourceOf,
      });
      if (path !== undefined) files.push(...artifacts);
      else if (makes === 'annotations') await annotate(artifacts);
      else texts.push(...artifacts.map(({ content }) => content as string));
    }
    stopped(() => writeFiles(files));
    for (const text of texts) process.stdout.write(text);
  }
}

/** The text of a scenario's file; of a saved result it may be gone. */
function sourceOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Annotations where a runner reads them, and the summary of the step where there is one. */
async function annotate(artifacts: readonly Artifact[]): Promise<void> {
  const { githubArtifacts } = await import('../report/github/index.ts');
  const summary = process.env.GITHUB_STEP_SUMMARY;
  for (const { path, content } of artifacts) {
    if (path === githubArtifacts.annotations) process.stderr.write(content);
    else if (summary !== undefined && summary !== '') appendFileSync(summary, content);
  }
}

/** Writes, or ends the command where that cannot be. */
export function stopped(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof Unwritable) throw usage(error.message);
    throw error;
  }
}
