import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { headroom } from './headroom.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-sweep-'));
const at = (name: string) => join(folder, name);
const shop = at('shop.yaml');

beforeAll(() =>
  writeFileSync(
    shop,
    `
name: A shop
run: { duration: 90s, warmUp: 5s, runs: 2, seed: 3 }
pools: { web: {} }
workloads: { w: { arrivals: { rate: 100/s }, call: desk.serve } }
services: { desk: { pool: web, cpu: { cores: 1 }, operations: { serve: [ work: { exponential: 10ms } ] } } }
targets: [ workloads.w.latency.p95 < 40ms ]
`,
  ),
);

const vary = ['--vary', 'services.desk.instances=1..4', '--vary', 'services.desk.cpu.cores=1,2'];
const sweep = (keep: string, more: readonly string[] = []) =>
  headroom(['sweep', shop, ...vary, '--json', '--keep', at(keep), ...more]);

interface Swept {
  readonly points: readonly { values: string[]; state: string; month: number }[];
  readonly best: number;
  readonly leftOut: number;
}

describe('headroom sweep', () => {
  it('runs all combinations, and finds the cheapest at which the needs are kept', () => {
    const { code, stdout } = sweep('first', ['--jobs', '1']);
    expect(code).toBe(0);
    const { points, best } = JSON.parse(stdout) as Swept;
    expect(points.map(({ values }) => values.join())).toEqual([
      '1,1',
      '1,2',
      '2,1',
      '2,2',
      '3,1',
      '3,2',
      '4,1',
      '4,2',
    ]);
    // One core is full at 100 calls of 10 ms a second; the others are not.
    expect(points[0].state).toBe('fails');
    const holding = points.filter(({ state }) => state === 'holds');
    expect(points[best].month).toBe(Math.min(...holding.map(({ month }) => month)));
  });

  it('prints the same bytes with two workers, and out of what was kept', () => {
    const alone = sweep('first', ['--jobs', '1', '--resume']);
    expect(alone.stderr).toContain('16 runs were finished before, 0 simulated now');
    expect(sweep('second', ['--jobs', '2']).stdout).toBe(alone.stdout);
  });

  it('leaves out what a constraint forbids', () => {
    const { stdout } = sweep('first', ['--resume', '--where', 'instances * cores <= 4']);
    expect(JSON.parse(stdout) as Swept).toMatchObject({ leftOut: 2 });
  });

  it('reports as text, page, pictures and CSV, from a saved sweep too', () => {
    const saved = at('sweep.json');
    writeFileSync(saved, sweep('first', ['--resume']).stdout);
    const reporters = ['html=page.html', 'png=charts', 'csv=points.csv', 'markdown=points.md'];
    const { code, stdout } = headroom([
      'report',
      saved,
      ...reporters.flatMap((each) => ['--reporter', each.replace('=', `=${folder}/`)]),
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('the cheapest is instances');
    expect(readFileSync(at('page.html'), 'utf8').match(/<svg /g)).toHaveLength(4);
    expect(readdirSync(at('charts'))).toEqual(['cost-month.png', 'workloads-w-latency-p95.png']);
    expect(readFileSync(at('points.csv'), 'utf8').split('\r\n')).toHaveLength(1 + 8 + 1);
    expect(readFileSync(at('points.md'), 'utf8')).toContain('of 8 points keep all needs');
  });

  it('says which kept run is corrupt, and simulates it again', () => {
    const whole = sweep('first', ['--resume']).stdout;
    const file = unitsIn('first')[0];
    writeFileSync(file, readFileSync(file).subarray(0, 500));
    const { code, stdout, stderr } = sweep('first', ['--resume']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/\.unit: corrupt: .*; it is simulated again/);
    expect(stderr).toContain('15 runs were finished before, 1 simulated now');
    expect(stdout).toBe(whole);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGKILL', null],
  ] as const)(
    'goes on after %s where it was interrupted, and ends as if it had not been',
    async (signal, code) => {
      const child = started(signal);
      await someUnits(signal, child);
      child.kill(signal);
      const ended = await exitOf(child);
      expect(ended.code).toBe(code);
      if (signal === 'SIGINT')
        expect(ended.stderr).toMatch(/\d+ finished runs are kept in .*: --resume goes on/);
      const kept = unitsIn(signal).length;
      expect(kept).toBeLessThan(16);
      const { stdout, stderr } = sweep(signal, ['--resume', '--jobs', '1']);
      expect(stderr).toContain(`${kept} runs were finished before, ${16 - kept} simulated now`);
      expect(stdout).toBe(sweep('first', ['--resume']).stdout);
    },
    60_000,
  );

  it('says all that is wrong at once', () => {
    const { code, stderr } = headroom([
      'sweep',
      shop,
      ...['services.dsk.instances=1', 'services.desk.cpu.cores=3..2', 'shops=1'].flatMap((each) => [
        '--vary',
        each,
      ]),
      ...['--where', 'prices < 3', '--where', 'nothing'],
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('no service is called dsk (did you mean services.desk?)');
    expect(stderr).toContain('3..2 is empty: it ends before it begins');
    expect(stderr).toContain('a scenario has no shops');
    expect(stderr).toContain('--where prices < 3 names nothing that is varied');
    expect(stderr).toContain('--where nothing compares nothing');
  });

  it('refuses values that make no scenario, each mistake once', () => {
    const { code, stderr } = headroom([
      'sweep',
      shop,
      ...['services.desk.instances=0,1,2', 'services.desk.cpu.core=1,2'].flatMap((each) => ['--vary', each]),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('0 is below 1');
    expect(stderr.match(/unknown key "core"/g)).toHaveLength(1);
    expect(stderr).toContain('did you mean "cores"?');
    expect(stderr).toContain('2 mistakes, in 6 points');
  });

  it.each([
    [[], 'nothing is varied'],
    [
      ['--vary', 'services.desk.instances=1,2', '--metric', 'workloads.w.latency.p9'],
      'did you mean workloads.w.latency.p9',
    ],
    [['--vary', 'services.desk.instances=1,2', '--where', 'instances > 5'], 'no point keeps instances > 5'],
    [['--vary', 'services.desk.instances=1', '--vary', 'services.desk.instances=2'], 'is given twice'],
  ])('%j ends with code 2', (args, message) => {
    const { code, stderr } = headroom(['sweep', shop, ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

const started = (keep: string): ChildProcess =>
  spawn(process.execPath, [command, 'sweep', shop, ...vary, '--jobs', '1', '--json', '--keep', at(keep)]);

const unitsIn = (keep: string): string[] =>
  existsSync(at(keep))
    ? readdirSync(at(keep), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.unit'))
        .map((name) => join(at(keep), name))
    : [];

/** Waits until two runs are finished; the process must not have ended by then. */
async function someUnits(keep: string, child: ChildProcess): Promise<void> {
  while (unitsIn(keep).length < 2) {
    if (child.exitCode !== null) throw new Error('it ended before it could be interrupted');
    await setTimeout(5);
  }
}

function exitOf(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  return new Promise((ended) => child.on('close', (code) => ended({ code, stderr })));
}
