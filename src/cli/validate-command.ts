import { Command } from 'commander';
import { exitCode, Stop } from './exit.ts';
import { setOption } from './options.ts';
import { parseFile, problemsText } from './read-scenario.ts';

/** `headroom validate FILE…`: says all that is wrong with scenarios, or how many metrics each has. */
export function validateCommand(): Command {
  return new Command('validate')
    .description('check scenarios, with their targets, without running them')
    .argument('<files...>', 'scenario files; - for stdin')
    .addOption(setOption())
    .action((files: string[], { set }: { set: string[] }) => {
      let isValid = true;
      for (const file of files) {
        const parsed = parseFile(file, set);
        process.stderr.write(problemsText(parsed));
        if (parsed.scenario === undefined) {
          isValid = false;
        } else {
          const { catalog, targets } = parsed.scenario;
          process.stdout.write(`${file}: valid, ${catalog.ids.length} metrics, ${targets.length} targets\n`);
        }
      }
      if (!isValid) throw new Stop(exitCode.usage);
    });
}
