import { Command } from 'commander';
import { scenarioJsonSchema } from '../models/json-schema.ts';

/** `headroom schema`: the JSON schema of scenarios, for editors. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description('print the JSON schema of scenarios, for completion and checks in an editor')
    .action(() => {
      process.stdout.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
    });
}
