import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const reporter = fileURLToPath(new URL('./reporter.ts', import.meta.url));

/** Runs vitest over these test files alone, in a folder of their own, and answers with its exit and last line. */
function runTests(files: Record<string, string>): { exit: number | null; last: string | undefined } {
  const folder = mkdtempSync(join(tmpdir(), 'reporter-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const options = ['run', '--root', folder, '--globals', '--reporter', reporter];
    const { status, stdout } = spawnSync(process.execPath, [vitest, ...options], { encoding: 'utf8' });
    return { exit: status, last: stdout.trimEnd().split('\n').at(-1) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('counts failed tests, hooks, modules and unhandled errors, each once', () => {
  const broken = `
    it('passes', () => {});
    it('fails', () => { throw new Error('a test') });
    it.skip('waits', () => {});
    describe('a suite', () => { beforeAll(() => { throw new Error('a hook') }); it('is not reached', () => {}) });
    it('leaves a rejection behind', () => { Promise.reject(new Error('nobody awaits this')) });
  `;
  const unloadable = `import './absent.js';`;
  expect(runTests({ 'broken.test.js': broken, 'unloadable.test.js': unloadable })).toEqual({
    exit: 1,
    last: '2 passed, 4 failed',
  });
});

it('closes a good run with no failure, and skipped tests count as neither', () => {
  const good = `it('passes', () => {}); it.skip('waits', () => {});`;
  expect(runTests({ 'good.test.js': good })).toEqual({ exit: 0, last: '1 passed, 0 failed' });
});

it('fails a run that found no test', () => {
  expect(runTests({ 'readme.txt': '' })).toEqual({ exit: 1, last: '0 passed, 1 failed' });
});
