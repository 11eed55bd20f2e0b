import { Command } from 'commander';
import type { ParsedScenario } from '../models/parse.ts';
import { metricLines } from '../reference/metric-lines.ts';
import { readPlan } from '../study/plan/read-plan.ts';
import { exitCode, Stop } from './exit.ts';
import { setOption } from './options.ts';
import { parseFile, problemsText } from './read-scenario.ts';

interface ValidateOptions {
  readonly set: string[];
  readonly metrics?: boolean;
}

/** `headroom validate FILE…`: says all that is wrong with scenarios, or how many metrics each has. */
export function validateCommand(): Command {
  return new Command('validate')
    .description('check scenarios, with their targets, without running them')
    .argument('<files...>', 'scenario files; - for stdin')
    .option('--metrics', 'list the ids of all metrics, with unit, the better direction and what is counted')
    .addOption(setOption())
    .action((files: string[], { set, metrics }: ValidateOptions) => {
      let isValid = true;
      for (const file of files) {
        const parsed = withPlan(parseFile(file, set));
        process.stderr.write(problemsText(parsed));
        if (parsed.scenario === undefined) {
          isValid = false;
        } else {
          const { catalog, targets } = parsed.scenario;
          const line = `${file}: valid, ${catalog.ids.length} metrics, ${targets.length} targets\n`;
          // The list alone goes to stdout, for grep and cut.
          (metrics ? process.stderr : process.stdout).write(line);
          if (metrics) process.stdout.write(metricLines(catalog.all()));
        }
      }
      if (!isValid) throw new Stop(exitCode.usage);
    });
}

/** With the mistakes of what may be changed to find the cheapest design, which only `plan` has a use for. */
function withPlan(parsed: ParsedScenario): ParsedScenario {
  if (parsed.scenario?.plan === undefined) return parsed;
  const space = readPlan(parsed);
  if (!('problems' in space)) return parsed;
  const { scenario: _, ...rest } = parsed;
  return { ...rest, problems: [...parsed.problems, ...space.problems] };
}
