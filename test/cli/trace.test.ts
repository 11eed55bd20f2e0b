import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { shop } from '../study/trace/designs.ts';
import { headroom } from './headroom.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-trace-'));
const at = (name: string) => join(folder, name);
const file = at('shop.yaml');

interface Report {
  readonly fingerprint: string;
  readonly examples: { operation: string; reason: string; latency: number; outcome: string }[];
}

let report: Report;
beforeAll(() => {
  writeFileSync(file, shop);
  const args = ['run', file, '--runs', '1', '--jobs', '1', '--json', '--trace', at('trace.json')];
  report = JSON.parse(headroom(args).stdout) as Report;
});

describe('headroom run --trace', () => {
  it('writes a trace of the run that it reports, which is the run without it', () => {
    const { otherData, traceEvents } = JSON.parse(readFileSync(at('trace.json'), 'utf8'));
    expect(otherData).toMatchObject({ seed: 7, run: 1, scenario: 'Shop', file });
    expect(traceEvents.length).toBeGreaterThan(1000);
    const plain = headroom(['run', file, '--runs', '1', '--jobs', '1', '--json']);
    expect(JSON.parse(plain.stdout)).toEqual(report);
  });

  it('has the requests in it that the report names', () => {
    const text = readFileSync(at('trace.json'), 'utf8');
    for (const { operation } of report.examples) expect(text).toContain(`orders ${operation}: `);
  });

  it('says before the run that it could not write', () => {
    const { code, stderr } = headroom(['run', file, '--trace', folder]);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot write');
  });
});

describe('headroom run --trace-request', () => {
  it('tells what happened to a request that the report names, as the report’s own command says', () => {
    const { stdout } = headroom(['run', file, '--runs', '1', '--jobs', '1']);
    const command = /^Look {3}headroom (run .* --trace-request) ID$/m.exec(
      stdout.replace(/ \\\n +/g, ' '),
    )?.[1];
    const rejected = report.examples.find(({ reason }) => reason === 'rejected');
    expect(stdout).toContain(`  ${rejected?.operation}`);
    const told = headroom([...(command ?? '').split(' '), rejected?.operation ?? '']);
    expect(told.code).toBe(0);
    expect(told.stdout).toMatch(
      /^orders, request 1-[0-9a-f-]+\nrun 1 of Shop, seed 7\ngiven up after .*: rejected/,
    );
  });

  it('tells the latency that the report has', () => {
    const p99 = report.examples.find(({ reason }) => reason === 'p99');
    const { stdout } = headroom([
      'run',
      file,
      '--trace-request',
      p99?.operation ?? '',
      '--trace',
      at('one.json'),
    ]);
    const text = `${Number(((p99?.latency ?? 0) * 1000).toPrecision(3))} ms`;
    expect(stdout).toContain(`answered after ${text}`);
    expect(stdout).toMatch(new RegExp(`^together +${text}$`, 'm'));
    const { traceEvents } = JSON.parse(readFileSync(at('one.json'), 'utf8'));
    expect(new Set(traceEvents.map(({ pid }: { pid: number }) => pid)).size).toBe(1);
  });

  it.each([
    [['--trace-request', '1-dead-beef', '--json'], '--trace-request has no place beside a report'],
    [['--trace', 'out.json', '--lose', 'us-east'], '--trace has no place beside --lose'],
    [['--trace-request', '17'], 'expected a request as a report names it'],
    [
      ['--trace-request', '1-dead-beef', '--set', 'run.duration=20s'],
      'run 1 under seed 7 has none of that name',
    ],
  ])('%j ends with code 2', (args, message) => {
    const { code, stderr, stdout } = headroom(['run', file, ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(existsSync(at('none.json'))).toBe(false);
  });
});
