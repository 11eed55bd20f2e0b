import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { headroom } from './headroom.ts';

const queue = `
name: A queue
run: { duration: 60s, warmUp: 10s, runs: 2 }
workloads: { customers: { arrivals: { rate: 80/s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [work: { exponential: 10ms }] } } }
targets: [ workloads.customers.latency.p95 < 1ms ]
`;

const folder = mkdtempSync(join(tmpdir(), 'headroom-report-'));
const at = (name: string): string => join(folder, name);
const saved = at('result.json');

beforeAll(() => {
  const { code, stderr } = headroom(['run', '-', '--reporter', `json=${saved}`], queue);
  expect([code, existsSync(saved)], stderr).toEqual([1, true]);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('headroom report', () => {
  test('prints from a saved result what run printed', () => {
    const run = headroom(['run', '-'], queue);
    const report = headroom(['report', saved]);
    expect(report.stdout).toBe(run.stdout);
    expect([run.code, report.code]).toEqual([1, 0]);
    expect(headroom(['report', '-'], readFileSync(saved, 'utf8')).stdout).toBe(run.stdout);
  });

  test('writes the same document again', () => {
    expect(headroom(['report', saved, '--json']).stdout).toBe(readFileSync(saved, 'utf8'));
  });

  test.each([
    ['html', 'report.html', /^<!doctype html>/],
    ['markdown', 'report.md', /^## A queue/],
    ['junit', 'junit.xml', /^<\?xml/],
    ['csv', 'metrics.csv', /^metric,value/],
    ['ndjson', 'timeline.ndjson', /^\{"type":"run"/],
    ['terminal', 'report.txt', /^A queue/],
  ])('makes %s from a saved result, as run does, beside the text on stdout', (name, file, begins) => {
    const { code, stdout, stderr } = headroom(['report', saved, '--reporter', `${name}=${at(file)}`]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^A queue/);
    const text = readFileSync(at(file), 'utf8');
    expect(text).toMatch(begins);
    headroom(['run', '-', '--reporter', `${name}=${at(`run-${file}`)}`], queue);
    expect(readFileSync(at(`run-${file}`), 'utf8')).toBe(text);
  });

  test('makes a folder of charts', () => {
    expect(headroom(['report', saved, '--reporter', `png=${at('charts')}`]).code).toBe(0);
    const charts = readdirSync(at('charts')).sort();
    expect(charts).toEqual(['latency.png', 'timeline.png', 'utilization.png']);
    for (const chart of charts)
      expect(
        readFileSync(join(at('charts'), chart))
          .subarray(1, 4)
          .toString(),
      ).toBe('PNG');
  });

  test('takes several reporters at once, one of them for stdout', () => {
    const { stdout } = headroom([
      ...['report', saved, '--reporter', 'csv'],
      ...['--reporter', `junit=${at('several.xml')}`, '--reporter', `html=${at('several.html')}`],
    ]);
    expect(stdout).toMatch(/^metric,value/);
    expect(existsSync(at('several.xml')) && existsSync(at('several.html'))).toBe(true);
  });

  test('makes the folders of a file, and leaves nothing else behind', () => {
    expect(headroom(['report', saved, '--reporter', `csv=${at('new/folder/a.csv')}`]).code).toBe(0);
    expect(readdirSync(at('new/folder'))).toEqual(['a.csv']);
  });
});

describe('a saved result that is none', () => {
  test.each([
    ['is a scenario', queue, 'not JSON'],
    ['was cut off', '{"format":"headroom.result/1","metrics":{', 'truncated'],
    ['has another format', '{"format":"headroom.result/9"}', 'found the format "headroom.result/9"'],
    ['lacks what it must have', '{"format":"headroom.result/1"}', 'version: expected string'],
  ])('that %s ends with code 2, the file, and what was expected', (_, text, problem) => {
    writeFileSync(at('bad.json'), text);
    const { code, stdout, stderr } = headroom([
      'report',
      at('bad.json'),
      '--reporter',
      `csv=${at('never.csv')}`,
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`error: ${at('bad.json')}: `);
    expect(stderr).toContain(problem);
    expect(stderr).toContain('expected a document of the format headroom.result/1');
    expect(existsSync(at('never.csv'))).toBe(false);
  });

  test('that is not there ends with code 2', () => {
    expect(headroom(['report', at('nowhere.json')])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('--reporter', () => {
  test.each([
    [['--reporter', 'htlm=x.html'], 'did you mean html?'],
    [['--reporter', '=x'], 'no reporter is called nothing'],
    [['--reporter', 'html='], 'names no file'],
    [['--reporter', 'png'], 'name a folder, png=charts'],
    [['--reporter', 'csv', '--reporter', 'markdown'], 'csv and markdown would share stdout'],
    [['--json', '--reporter', 'terminal'], 'would share stdout'],
    [['--reporter', 'csv=-', '--reporter', 'markdown'], 'csv and markdown would share stdout'],
    [['--reporter', 'csv=one.txt', '--reporter', 'markdown=one.txt'], 'two reporters would write one.txt'],
  ])('%j ends with code 2 before anything runs', (args, message) => {
    const { code, stdout, stderr } = headroom(['run', '-', ...args], queue);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('simulated');
  });

  test('says before a run that a file cannot be written', () => {
    mkdirSync(at('taken'));
    writeFileSync(at('plain'), '');
    for (const path of [at('taken'), at('plain/below.html')]) {
      const { code, stderr } = headroom(['run', '-', '--reporter', `html=${path}`], queue);
      expect(code).toBe(2);
      expect(stderr).toContain('cannot write');
      expect(stderr).not.toContain('simulated');
    }
  });

  test('replaces a file as a whole, and writes to what is no file without replacing it', () => {
    writeFileSync(at('old.csv'), 'x'.repeat(1_000_000));
    headroom(['report', saved, '--reporter', `csv=${at('old.csv')}`]);
    expect(readFileSync(at('old.csv'), 'utf8')).toMatch(/^metric/);
    expect(headroom(['report', saved, '--reporter', 'csv=/dev/null']).code).toBe(0);
    expect(readFileSync('/dev/null', 'utf8')).toBe('');
  });
});

describe('in GitHub Actions', () => {
  const environment = (name: string) => ({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: at(name) });

  test('annotations are on stderr and the summary grows by itself; stdout is as ever', () => {
    writeFileSync(at('summary.md'), 'before\n');
    const { stdout, stderr } = headroom(['report', saved], '', environment('summary.md'));
    expect(stdout).toBe(headroom(['report', saved]).stdout);
    expect(stderr).toMatch(/^::error title=A queue%3A workloads\.customers\.latency\.p95 < 1 ms::measured /m);
    expect(readFileSync(at('summary.md'), 'utf8')).toMatch(/^before\n## A queue\n/);
  });

  it('says nothing twice where github is asked for too, and can be asked for elsewhere', () => {
    const twice = headroom(['report', saved, '--reporter', 'github'], '', environment('again.md'));
    expect(twice.stderr.match(/^::error/gm)).toHaveLength(1);
    expect(headroom(['report', saved, '--reporter', 'github']).stderr).toMatch(/^::error/);
    expect(headroom(['report', saved, '--reporter', `github=${at('github')}`]).stderr).toBe('');
    expect(readdirSync(at('github')).sort()).toEqual(['annotations.txt', 'summary.md']);
  });
});
