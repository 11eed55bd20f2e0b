import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LanguageServer, type Place } from './language-server.ts';

/** A scenario beside its schema, with `|` where the cursor stands. */
const modeline = '# yaml-language-server: $schema=scenario.schema.json\n';
const folder = mkdtempSync(join(tmpdir(), 'headroom-editor-'));
const server = new LanguageServer();
let documents = 0;

beforeAll(async () => {
  cpSync('schema/scenario.schema.json', join(folder, 'scenario.schema.json'));
  await server.start();
});

afterAll(() => {
  server.stop();
  rmSync(folder, { recursive: true });
});

async function opened(marked: string) {
  const before = marked.split('|')[0];
  const line = before.split('\n').length;
  const position: Place = { line, character: before.length - before.lastIndexOf('\n') - 1 };
  const path = join(folder, `scenario-${documents++}.yaml`);
  const diagnostics = await server.open(path, modeline + marked.replace('|', ''));
  return { path, position, diagnostics };
}

const complete = async (marked: string) => {
  const { path, position } = await opened(marked);
  const items = await server.complete(path, position);
  return new Map(
    items.map(({ label, documentation = '' }) => [
      label,
      typeof documentation === 'string' ? documentation : documentation.value,
    ]),
  );
};

const hover = async (marked: string) => {
  const { path, position } = await opened(marked);
  return server.hover(path, position);
};

describe('an editor with the schema beside the scenario', () => {
  test('offers the sections, with what they are', async () => {
    const offered = await complete('|');
    expect([...offered.keys()]).toEqual(
      expect.arrayContaining(['workloads', 'services', 'databases', 'faults']),
    );
    expect(offered.get('databases')).toContain('What keeps the rows');
  });

  test('offers the keys of a database, with their text', async () => {
    const offered = await complete('databases:\n  x:\n    |');
    expect(offered.get('shards')).toContain('Shards: each has a primary and replicas of its own.');
    expect(offered.get('replicas')).toContain('Replicas of each shard by region');
    expect([...offered.keys()]).not.toContain('threads');
  });

  test('offers the verbs of steps, and the options of the verb that was chosen', async () => {
    const operation = 'services:\n  desk:\n    operations:\n      serve:\n        - ';
    expect([...(await complete(`${operation}|`)).keys()]).toEqual(
      expect.arrayContaining(['work', 'write', 'publish', 'parallel']),
    );
    expect((await complete(`${operation}write:\n            |`)).get('waitFor')).toMatch(/replicas/i);
  });

  test('offers the words that a key takes', async () => {
    const offered = await complete('databases:\n  x:\n    readFrom: |');
    expect([...offered.keys()]).toEqual(expect.arrayContaining(['primary', 'replica', 'nearest']));
  });

  test('offers the options of the fault that was chosen', async () => {
    const offered = await complete('faults:\n  lose:\n    fault: broker-crash\n    |');
    expect([...offered.keys()]).toEqual(expect.arrayContaining(['at', 'cluster']));
  });

  test('shows what a key is under the mouse', async () => {
    expect(await hover('databases:\n  x:\n    sha|rds: 4\n')).toContain('Shards: each has a primary');
    expect(await hover('services:\n  desk:\n    thre|ads: 4\n')).toContain(
      'Requests that an instance works on at once',
    );
    const step = (text: string) => hover(`services:\n  d:\n    operations:\n      s:\n        - ${text}\n`);
    expect(await step('wo|rk: 1ms')).toContain('Computes: takes this much time of a core');
    expect(await step('wri|te: orders')).toContain('Writes');
    expect(await hover('services:\n  d:\n    star|tup: 4s\n')).toContain('From having room on a node');
  });

  test('tells a wrong key and a quantity without its unit, in their lines', async () => {
    const wrong = await opened('databases:\n  x:\n    shard: 4\n');
    expect(wrong.diagnostics.map(({ message, range }) => [range.start.line, message])).toEqual([
      [3, expect.stringMatching(/shard/)],
    ]);
    const bare = await opened('run:\n  duration: 60\n');
    expect(bare.diagnostics.map(({ range }) => range.start.line)).toEqual([2]);
  });

  test('takes the name of a file where a map may stand in one', async () => {
    const file = await opened('services:\n  d:\n    autoscale: { manifest: hpa.yaml }\n');
    expect(file.diagnostics).toEqual([]);
    const trace = await opened('workloads:\n  w:\n    arrivals: { rate: 1/s, process: { trace: a.csv } }\n');
    expect(trace.diagnostics).toEqual([]);
  });

  test('finds nothing wrong with the scenarios that Headroom ships', async () => {
    for (const file of readdirSync('scenarios').filter((name) => name.endsWith('.yaml'))) {
      const path = resolve('scenarios', file);
      const diagnostics = await server.open(path, readFileSync(path, 'utf8'));
      expect(diagnostics, file).toEqual([]);
    }
  });
});
