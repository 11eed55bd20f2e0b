import { InvalidArgumentError, Option } from 'commander';
import type { Scenario } from '../models/parse.ts';
import type { Result, Trace } from '../result/index.ts';
import { version } from '../result/version.ts';
import type { RunRecord } from '../study/simulate-run.ts';
import { type RequestId, requestIdOf } from '../study/trace/request-id.ts';
import { traceSample } from '../study/trace/sample.ts';
import { traceRun } from '../study/trace/trace-run.ts';
import { exitCode, Stop } from './exit.ts';
import { progressLine } from './progress.ts';
import { stopped } from './reporting.ts';
import { stdoutLook } from './terminal.ts';
import { prepareFile, writeFiles } from './write-files.ts';

/** Options of a command that shows single requests on their way. */
export interface TraceOptions {
  readonly trace?: string;
  readonly traceRequest?: string;
}

export const traceOption = (): Option =>
  new Option(
    '--trace <file>',
    'write a sample of the first run’s requests on their way, with its slowest and failed ones, for ui.perfetto.dev',
  );

export const traceRequestOption = (): Option =>
  new Option(
    '--trace-request <id>',
    'tell what happened to one request, by the id that a report names',
  ).argParser((text: string) => {
    if (requestIdOf(text) === undefined)
      throw new InvalidArgumentError('expected a request as a report names it, such as 1-5b9d10c2-2f1.');
    return text;
  });

/** Ends the command where traces are asked for beside what has none, or a story beside reports that it takes the place of. */
export function refuseTraceBeside(
  other: string,
  isAsked: boolean,
  { trace, traceRequest }: TraceOptions,
): void {
  const option = traceRequest === undefined ? '--trace' : '--trace-request';
  if (isAsked && (trace ?? traceRequest) !== undefined)
    throw new Stop(exitCode.usage, `error: ${option} has no place beside ${other}`);
}

/** Says now rather than after a long run that a trace could not be written. */
export function prepareTrace({ trace }: TraceOptions): void {
  if (trace !== undefined) stopped(() => prepareFile(trace));
}

/** Writes what `--trace` asks for: the first run again, with a sample of its requests recorded. */
export async function writeSample(
  { trace: path }: TraceOptions,
  scenario: Scenario,
  records: readonly RunRecord[],
  result: Result,
): Promise<void> {
  if (path === undefined) return;
  const { seed, scenario: of } = result;
  const trace = following((progress) =>
    traceSample(scenario, records[0], result, { file: of.file, version, seed, progress }),
  );
  await writeTrace(path, trace);
}

/** Runs the run of one request again, alone, and prints what happened to that request. */
export async function tellRequest(
  { trace: path, traceRequest = '' }: TraceOptions,
  scenario: Scenario,
  file: string,
  seed = scenario.design.run.seed,
): Promise<void> {
  const { run, operation } = requestIdOf(traceRequest) as RequestId;
  const trace = following((progress) =>
    traceRun(scenario, {
      ...{ file, version, seed, run, progress },
      wish: { named: new Set([operation]), share: 0, most: 0 },
    }),
  );
  const [found] = trace.operations;
  if (found === undefined)
    throw new Stop(
      exitCode.usage,
      `error: no request ${traceRequest}: run ${run + 1} under seed ${seed} has none of that name; seed, --set and scenario must be those of the report`,
    );
  if (path !== undefined) await writeTrace(path, trace);
  const { storyOf } = await import('../report/trace/story.ts');
  process.stdout.write(storyOf(trace, found, stdoutLook()));
}

async function writeTrace(path: string, trace: Trace): Promise<void> {
  const { chromeTrace } = await import('../report/trace/chrome.ts');
  const content = chromeTrace(trace);
  stopped(() => writeFiles([{ path, content }]));
}

function following<T>(work: (progress: (share: number) => void) => T): T {
  const line = progressLine();
  try {
    return work((share) => line.update(0, share, 1));
  } finally {
    line.clear();
  }
}
