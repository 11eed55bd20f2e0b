import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileWatch } from '../../src/cli/watch/file-watch.ts';
import { headroom } from './headroom.ts';

const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const scenario = (rate: string, extra = '') => `
name: Watched
run: { duration: 60s, warmUp: 10s, runs: 2 }
workloads: { customers: { arrivals: { rate: ${rate} }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [work: { exponential: 10ms }] } } }
targets: [workloads.customers.latency.p95 < 200ms]
${extra}`;

let folder = '';
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headroom-watch-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** The command watching a file, with all that it said since it was asked last. */
function watching(file: string) {
  const running = spawn(process.execPath, [command, 'run', file, '--watch'], {
    env: { ...process.env, NO_COLOR: '1', GITHUB_ACTIONS: '' },
  });
  child = running;
  const text = { stdout: '', stderr: '' };
  running.stdout.on('data', (chunk) => {
    text.stdout += chunk;
  });
  running.stderr.on('data', (chunk) => {
    text.stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => running.on('close', resolve));
  return {
    running,
    ended,
    /** What it said up to the line that says that it watches. */
    async said() {
      while (!text.stderr.includes('Ctrl-C ends\n')) await new Promise((resolve) => setTimeout(resolve, 50));
      const { stdout, stderr } = text;
      text.stdout = '';
      text.stderr = '';
      return { stdout, stderr };
    },
  };
}

describe('headroom run --watch', () => {
  test('runs again at each save, says what it changed, goes on after a mistake, and ends by Ctrl-C with 130', async () => {
    const [base, file] = [join(folder, 'base.yaml'), join(folder, 'it.yaml')];
    writeFileSync(base, scenario('80/s'));
    writeFileSync(file, 'extends: base.yaml\n');
    const { running, ended, said } = watching(file);
    const first = await said();
    expect(first.stdout).toContain('Watched');
    expect(first.stdout).not.toContain('Since the last save');
    expect(first.stderr).toContain(base);

    // The way that editors save: another file takes the place of the old one. It is the extended one here.
    writeFileSync(join(folder, 'new'), scenario('95/s'));
    renameSync(join(folder, 'new'), base);
    const second = await said();
    expect(second.stdout).toContain(
      'Since the last save\n  workloads.customers.arrivals.rate: 80/s → 95/s\n',
    );
    expect(second.stdout).toMatch(/latency\.p95 < 200ms: (kept|undecided) → BROKEN\n/);
    expect(second.stdout).toMatch(/services\.desk\.utilization .* worse\n/);

    writeFileSync(file, 'extends: base.yaml\nservises: {}\n');
    const wrong = await said();
    expect(wrong.stderr).toContain('did you mean "services"?');
    expect(wrong.stdout).toBe('');

    writeFileSync(file, 'extends: base.yaml\nrun: { seed: 1 }\n');
    const right = await said();
    expect(right.stdout).toContain('no metric changed beyond noise');
    // No terminal: no screen is cleaned.
    expect(first.stdout + second.stdout + right.stdout).not.toContain('\u001b');

    running.kill('SIGINT');
    expect(await ended).toBe(130);
  });

  test('a file that is missing is waited for', async () => {
    const file = join(folder, 'it.yaml');
    writeFileSync(file, 'extends: base.yaml\n');
    const { said } = watching(file);
    expect((await said()).stderr).toContain('no file');
    writeFileSync(join(folder, 'base.yaml'), scenario('50/s'));
    expect((await said()).stdout).toContain('Watched');
  });

  test('cannot watch stdin, nor run for something else', () => {
    expect(headroom(['run', '-', '--watch'], scenario('1/s'))).toMatchObject({ code: 2, stdout: '' });
    const lose = headroom(['run', 'scenarios/01-one-queue.yaml', '--watch', '--lose', 'each-region']);
    expect(lose).toMatchObject({ code: 2, stderr: 'error: --watch runs and reports, without --lose\n' });
  });
});

describe('a watch over files', () => {
  const watch = () => {
    const disk = { files: new Map([['a', '1']]), time: 0 };
    let saves = 0;
    const files = new FileWatch(
      () => {
        saves += 1;
      },
      { look: (file) => disk.files.get(file), now: () => disk.time },
    );
    files.watch(['a', 'b']);
    return {
      disk,
      files,
      saves: () => saves,
      at(time: number) {
        disk.time = time;
        files.check();
      },
    };
  };

  test('several writes in a row are one save, told when nothing has changed for a while', () => {
    const { disk, saves, at } = watch();
    at(200);
    expect(saves()).toBe(0);
    for (const time of [400, 600, 800]) {
      disk.files.set('a', `${time}`);
      at(time);
    }
    expect(saves()).toBe(0);
    at(1000);
    at(1200);
    expect(saves()).toBe(1);
  });

  test('a file that comes, and one that goes, are saves; one that nobody watches any more is none', () => {
    const { disk, files, saves, at } = watch();
    disk.files.set('b', '1');
    at(200);
    at(400);
    expect(saves()).toBe(1);
    disk.files.delete('a');
    at(600);
    at(800);
    expect(saves()).toBe(2);
    files.watch(['a']);
    disk.files.set('b', '2');
    at(1000);
    at(1200);
    expect(saves()).toBe(2);
  });
});
