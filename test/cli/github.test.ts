import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lineOf } from '../../src/report/github/line-of.ts';
import { headroom } from './headroom.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-github-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('an annotation stands at the line of its target', () => {
  const file = join(folder, 'desk.yaml');
  const scenario = [
    'run: { duration: 30s, warmUp: 5s, runs: 2 }',
    'workloads: { customers: { arrivals: { rate: 80/s }, call: desk.serve } }',
    'services: { desk: { threads: 1, operations: { serve: [work: { exponential: 10ms }] } } }',
    '# - workloads.customers.latency.p95 < 1ms was asked for',
    'targets:',
    '  - { target: workloads.customers.latency.p50 < 1s }',
    '  - { target: "workloads.customers.latency.p95 < 1ms" }',
  ];
  writeFileSync(file, scenario.join('\n'));
  const { code, stderr } = headroom(['run', file, '--jobs', '1'], '', { GITHUB_ACTIONS: 'true' });
  expect(code).toBe(1);
  const annotations = stderr.split('\n').filter((line) => line.startsWith('::error'));
  expect(annotations).toHaveLength(1);
  expect(annotations[0]).toContain(`::error file=${file},line=7,title=`);
});

test('what stands in no line of the file has none', () => {
  expect(lineOf('a: 1\nb: 2', 'b: 2')).toEqual({ line: 2 });
  expect(lineOf('a: 1', 'b: 2')).toEqual({});
  expect(lineOf(undefined, 'b: 2')).toEqual({});
});
