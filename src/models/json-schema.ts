import { z } from 'zod';
import { scenarioSchema } from './parse.ts';

/** The schema of a scenario as editors read it (JSON Schema, draft 7), out of the same schemas that parse it. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(scenarioSchema.extend({ extends: extendsSchema }), {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
  });
  return { $id: 'https://headroom.invalid/scenario.schema.json', title: 'Headroom scenario', ...schema };
}

/** `extends` is gone before a scenario is parsed: only editors need its schema. Its parts may leave anything out. */
const extendsSchema = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .describe('Scenario files that this one starts from.');
