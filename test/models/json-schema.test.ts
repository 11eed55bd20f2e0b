import { expect, test } from 'vitest';
import { scenarioJsonSchema } from '../../src/models/json-schema.ts';

// `npm test -- -u` rewrites it: an editor reads the file, so it must be what the code says.
test('schema/scenario.schema.json is the schema that parses scenarios', async () => {
  const text = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../schema/scenario.schema.json');
});
