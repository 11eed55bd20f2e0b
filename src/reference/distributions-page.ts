import { keyRows } from './key-rows.ts';
import { keyTable } from './kind-page.ts';
import { page, plainText } from './markdown.ts';
import type { SchemaRoot } from './schema-node.ts';

/** The page of all distributions. What they vary is another quantity each time, so that none is named. */
export function distributionsPage(root: SchemaRoot): string {
  const forms = ['duration-distribution', 'count-distribution'].flatMap(
    (name) => root.definitions[name].anyOf?.filter(({ title }) => title !== undefined) ?? [],
  );
  const byName = new Map([...forms].reverse().map((form) => [form.title, form]));
  return page([
    ['# Distributions'],
    [
      'What varies is a bare quantity, which is constant, or a map with one key, the name: `{ exponential: 6ms }`. The quantity is',
      'a duration or a count, as the key says that takes the distribution, and may be a range where its author is not sure of it:',
      '`{ low: 5ms, mid: 8ms, high: 20ms }`, `{ exponential: { low: 5ms, mid: 8ms, high: 20ms } }`.',
    ],
    ...[...byName].reverse().flatMap(([name = '', form]) => {
      const rows = keyRows(form.properties?.[name] ?? {}, root);
      return [
        [`## ${name}`],
        [plainText(form.description ?? '')],
        keyTable(
          rows.map((row) => ({ ...row, value: row.value.replace(/\ba (duration|count)\b/, 'a quantity') })),
        ),
      ];
    }),
  ]);
}
