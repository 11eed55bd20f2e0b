import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Limit } from '../../src/result/index.ts';
import { headroom } from './headroom.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-limit-'));
const at = (name: string) => join(folder, name);
const desk = (rate: number, targets: string) => `
name: Desk
run: { duration: 2m, warmUp: 10s, runs: 3, seed: 5 }
workloads:
  day: { arrivals: { rate: ${rate}/s }, call: desk.serve }
  night: { arrivals: { rate: 5/s }, call: desk.serve }
services: { desk: { threads: 1, operations: { serve: [ work: { exponential: 10ms } ] } } }
targets: [ ${targets} ]
`;

beforeAll(() => {
  writeFileSync(at('desk.yaml'), desk(55, 'workloads.day.latency.p95 < 150ms'));
  writeFileSync(at('full.yaml'), desk(90, 'workloads.day.latency.p95 < 150ms'));
  writeFileSync(at('free.yaml'), desk(55, ''));
  writeFileSync(at('never.yaml'), desk(55, 'workloads.day.latency.p95 < 1ms'));
});

const limit = (file: string, more: readonly string[] = []) =>
  headroom(['limit', at(file), '--max-runs', '3', '--jobs', '1', '--keep', at('kept'), '--resume', ...more]);

describe('headroom limit', () => {
  it('prints how far the load can grow, and what breaks first', () => {
    const { code, stdout } = limit('desk.yaml');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^HEADROOM 1\.\d\d× {2}holds at 1\.\d\d×, fails at 1\.\d\d×, 95%, if monotone between/m,
    );
    expect(stdout).toMatch(/^What breaks first, at 1\.\d\d×\n {2}workloads\.day\.latency\.p95 < 150ms: /m);
    expect(stdout).toContain('services.desk.threads=2');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('prints the document with --json: loads in order, with the settings that make them', () => {
    const { headroom: found, points } = JSON.parse(limit('desk.yaml', ['--json']).stdout) as Limit;
    expect(found.value).toBe(found.low);
    const factors = points.map(({ factor }) => factor);
    expect(factors).toEqual([...factors].sort((a, b) => a - b));
    expect(points.find(({ factor }) => factor === found.low)?.sets).toEqual([
      `workloads.day.arrivals.factor=${found.low}`,
      `workloads.night.arrivals.factor=${found.low}`,
    ]);
  });

  it('lets only one workload grow if asked to', () => {
    const all = JSON.parse(limit('desk.yaml', ['--json']).stdout) as Limit;
    const one = JSON.parse(limit('desk.yaml', ['--json', '--of', 'night']).stdout) as Limit;
    expect(one.headroom.low).toBeGreaterThan(3 * all.headroom.low);
    expect(one.points[0].sets).toHaveLength(1);
  });

  it('exits with 1 where the needs break at the load as it is', () => {
    const { code, stdout } = limit('full.yaml');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^HEADROOM 0\.\d\d×/m);
  });

  it('says that it is not the load where the needs break at every load', () => {
    const { code, stdout } = limit('never.yaml', ['--runs', '1', '--set', 'run.duration=30s']);
    expect(code).toBe(1);
    expect(stdout).toContain('HEADROOM NONE  holds at no load that was tried');
  });

  it('asks that it keeps up where there are no needs', () => {
    const { stdout } = limit('free.yaml');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'the scenario sets no needs, so it is asked that no backlog grows',
    );
    const [, low] = /HEADROOM (\d\.\d+)×/.exec(stdout) ?? [];
    // 60 calls a second of 10 ms: 1.67 times as many fill the one thread.
    expect(Number(low)).toBeGreaterThan(1.4);
    expect(Number(low)).toBeLessThan(1.75);
  });

  it('reports as page, pictures, CSV and Markdown, from a saved document too', () => {
    writeFileSync(at('limit.json'), limit('desk.yaml', ['--json']).stdout);
    const reporters = ['html=page.html', 'png=charts', 'csv=loads.csv', 'markdown=limit.md'];
    const { code } = headroom([
      'report',
      at('limit.json'),
      ...reporters.flatMap((each) => ['--reporter', each.replace('=', `=${folder}/`)]),
    ]);
    expect(code).toBe(0);
    expect(readdirSync(at('charts'))).toEqual(['latency.png', 'utilization.png']);
    const page = readFileSync(at('page.html'), 'utf8');
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    expect(page.match(/id="plot-[^"]+"/g)).toHaveLength(4);
    expect(readFileSync(at('loads.csv'), 'utf8')).toMatch(/^factor,state,/);
    expect(readFileSync(at('limit.md'), 'utf8')).toMatch(/^## Desk: holds at/);
  });

  it('is the headline of a run that asks for it', () => {
    const { stdout } = headroom([
      'run',
      at('desk.yaml'),
      '--limit',
      '--runs',
      '1',
      '--jobs',
      '1',
      '--set',
      'run.duration=30s',
    ]);
    expect(stdout).toMatch(/^HEADROOM (\S+) {2}holds at /m);
  });

  it('knows the nearest workload', () => {
    const { code, stderr } = limit('desk.yaml', ['--of', 'nigth']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      '--of nigth: no workload is called that; expected day or night (did you mean night?)',
    );
  });

  it('refuses to keep work where there is a file', () => {
    const { code, stderr } = headroom(['limit', at('desk.yaml'), '--keep', at('desk.yaml')]);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot keep finished work in');
  });
});
