import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kinds } from '../../src/models/kinds.ts';
import { referencePages } from '../../src/reference/pages.ts';

const pages = referencePages();

describe('docs/reference', () => {
  // `npm run reference` rewrites them: people read these pages, so they must say what the code says.
  test.each(pages)('$name is what the schemas and the meters say', async ({ name, content }) => {
    await expect(content).toMatchFileSnapshot(`../../docs/reference/${name}`);
  });

  test('holds no page that nothing writes', () => {
    expect(readdirSync('docs/reference').sort()).toEqual(pages.map(({ name }) => name).sort());
  });

  test('has a page for every kind, and every key of it has a text', () => {
    for (const { section } of kinds) expect(pages.map(({ name }) => name)).toContain(`${section}.md`);
    const mute = pages.flatMap(({ name, content }) =>
      tablesOf(content)
        .filter(([head]) => head.endsWith('| what it is |'))
        .flatMap((lines) => lines.slice(2))
        .filter((line) => /\|\s+\|$/.test(line))
        .map((line) => `${name}: ${line}`),
    );
    expect(mute).toEqual([]);
  });

  test('every link leads to a page and a heading that are there', () => {
    const anchors = new Map(pages.map(({ name, content }) => [name, headingsOf(content)]));
    for (const { name, content } of pages) {
      for (const [, target] of content.matchAll(/\]\(([^)]+)\)/g)) {
        if (target.startsWith('../')) continue;
        const [file, anchor] = target.split('#');
        expect(anchors.has(file), `${name} → ${target}`).toBe(true);
        if (anchor !== undefined) expect(anchors.get(file), `${name} → ${target}`).toContain(anchor);
      }
    }
  });
});

/** Anchors as GitHub makes them. */
const headingsOf = (content: string): string[] =>
  [...content.matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
    text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The tables of a page, as lines. */
const tablesOf = (content: string): string[][] =>
  content
    .split('\n\n')
    .filter((block) => block.startsWith('|'))
    .map((block) => block.split('\n'));
