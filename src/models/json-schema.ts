import { editorSchema } from '../scenario/index.ts';
import { language, scenarioSchema } from './parse.ts';

/** The schema of a scenario as editors read it, out of the same schemas that parse it. */
export const scenarioJsonSchema = (): Record<string, unknown> =>
  editorSchema(scenarioSchema, {
    title: 'Headroom scenario',
    description: 'A design, its load and its targets.',
    files: language.files,
  });
