import type { ParsedScenario, Scenario } from '../models/parse.ts';
import { survivalReporters } from '../report/survive/reporters.ts';
import type { Survival } from '../result/index.ts';
import { version } from '../result/version.ts';
import { listed, renderProblems } from '../scenario/index.ts';
import { type LostPlace, lostPlaces } from '../study/survive/lost-place.ts';
import { endlessPatience } from '../study/survive/patience.ts';
import { survive, Unsurvivable } from '../study/survive/survive.ts';
import { exitCode, Stop } from './exit.ts';
import { progressLine } from './progress.ts';
import { openRuns } from './queue-option.ts';
import { problemsText, readParsed } from './read-scenario.ts';
import { Reporting } from './reporting.ts';
import type { RunOptions } from './run-command.ts';
import { stderrLook } from './terminal.ts';

const usage = (message: string): Stop => new Stop(exitCode.usage, `error: ${message}`);

/** `headroom run FILE --lose …`: do the others bear the load when something is lost at the peak? */
export async function runWithLosses(file: string, options: RunOptions): Promise<void> {
  checkReporters(options);
  const reporting = new Reporting<Survival>(options, survivalReporters);
  const parsed = readParsed(file, options.set);
  const places = placesOf(options.lose, parsed);
  const { maker: pool } = await openRuns(options);
  let progress = progressLine();
  try {
    const { survival, speed } = await survive(parsed.scenario, {
      file,
      version,
      seed: options.seed,
      runs: options.runs,
      sets: options.set,
      pool,
      places,
      asked: options.lose,
      progress: (run, share, runs) => progress.update(run, share, runs),
      begins: () => {
        progress.clear();
        progress = progressLine();
      },
    });
    progress.end(speed);
    await reporting.report([survival]);
    if (survival.verdict === 'fails') throw new Stop(exitCode.failed);
  } catch (error) {
    if (error instanceof Unsurvivable)
      throw usage(`${error.message}:\n${problemsText(error.parsed).trimEnd()}`);
    throw error;
  } finally {
    progress.clear();
    await pool.close();
  }
}

/** Reporters of results know nothing of losses. */
function checkReporters({ reporter }: RunOptions): void {
  const stranger = reporter.find(({ name }) => !Object.hasOwn(survivalReporters, name));
  if (stranger !== undefined) {
    const known = listed(Object.keys(survivalReporters));
    throw usage(`--reporter ${stranger.name} shows no --lose; expected ${known}`);
  }
}

function placesOf(words: readonly string[], parsed: ParsedScenario & { scenario: Scenario }): LostPlace[] {
  const { design } = parsed.scenario;
  const found = lostPlaces(words, design);
  if ('problem' in found) throw usage(`--lose: ${found.problem}`);
  const [only] = design.regions;
  if (design.regions.length === 1 && found.places.some(({ zone }) => zone === undefined))
    throw usage(`--lose: ${only} is the only region: nobody would be left to bear the load`);
  const problems = endlessPatience(parsed);
  if (problems.length > 0)
    throw new Stop(
      exitCode.usage,
      renderProblems(problems, { sources: parsed.sources, ...stderrLook() }).trimEnd(),
    );
  return found.places;
}
