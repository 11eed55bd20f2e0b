import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { headroom } from './headroom.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-check-'));
const at = (name: string) => join(folder, name);
const baselines = at('baselines');
const scenario = at('desk.yaml');
const kept = at('kept.yaml');
const text = `
name: desk
run: { duration: 30m }
workloads: { w: { arrivals: { rate: 40/s }, client: { timeout: 5s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [work: { exponential: 10ms }] } } }
targets: [ workloads.w.latency.p95 < 300ms ]
check: { duration: 2m, metrics: [ workloads.w.latency.mean, { metric: workloads.w.throughput, floor: 1/s } ] }
`;
const at2 = (args: string[], environment = {}) =>
  headroom([...args, '--baselines', baselines, '--jobs', '1'], '', environment);
const update = (...more: string[]) => at2(['baseline', 'update', scenario, ...more]);
const check = (...more: string[]) => at2(['check', scenario, ...more]);

beforeEach(() => {
  rmSync(baselines, { recursive: true, force: true });
  writeFileSync(scenario, text);
});

describe('headroom check', () => {
  it('without a baseline fails, and says how to make one; with one an unchanged design passes', () => {
    const first = check();
    expect(first.code).toBe(1);
    expect(first.stdout).toContain('headroom baseline update');
    expect(update().stdout).toContain('written, 3 metrics of 20 runs');
    const second = check();
    expect([second.code, second.stdout.includes('3 metrics held')]).toEqual([0, true]);
    // Without files: whatever has a baseline.
    expect(at2(['check']).stdout).toBe(second.stdout);
  });

  it('names the metric of a planted regression, what was expected and what was found, and exits with 1', () => {
    update();
    writeFileSync(scenario, text.replace('10ms', '11ms'));
    const { code, stdout } = check();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /WORSE workloads\.w\.latency\.mean\n {4}expected 16\.\d+ ms, found 19\.\d+ ms: \+/,
    );
    expect(stdout).not.toContain('WORSE workloads.w.throughput');
    expect(stdout).toContain('FAILED  1 of 1 scenario');
  });

  it('fails where a metric vanished with what it measured', () => {
    update();
    writeFileSync(scenario, text.replaceAll('w: {', 'v: {').replaceAll('workloads.w', 'workloads.v'));
    const { code, stdout } = check();
    expect(code).toBe(1);
    expect(stdout).toContain('VANISHED workloads.w.latency.p95');
    expect(stdout).toContain('NEW workloads.v.latency.p95');
  });

  it('fails on a need that is broken although nothing moved', () => {
    writeFileSync(scenario, text.replace('300ms', '10ms'));
    update();
    const { code, stdout } = check();
    expect(code).toBe(1);
    expect(stdout).toContain('need broken: workloads.w.latency.p95 < 10ms');
  });

  it('does not compare runs of another length', () => {
    update();
    writeFileSync(scenario, text.replace('2m', '3m'));
    const { code, stdout } = check();
    expect(code).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'the baseline is of runs of 120 s with 12 s of warm-up, these are of 180 s',
    );
  });

  it('writes JUnit, Markdown and JSON, and annotates in GitHub Actions', () => {
    update();
    writeFileSync(scenario, text.replace('10ms', '11ms'));
    const files = ['--reporter', `junit=${at('check.xml')}`, '--reporter', `markdown=${at('check.md')}`];
    const { code, stdout, stderr } = at2(['check', scenario, '--json', ...files], { GITHUB_ACTIONS: 'true' });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'headroom.check/1', status: 'fail' });
    expect(readFileSync(at('check.xml'), 'utf8')).toContain('<failure type="worse" message="expected ');
    expect(readFileSync(at('check.md'), 'utf8')).toContain('| `workloads.w.latency.mean` | WORSE |');
    expect(stderr).toMatch(/^::error file=.*desk\.yaml,line=\d+,title=desk%3A workloads\.w\.latency\./m);
  });

  it('takes a saved result, and refuses one of too few runs', () => {
    update();
    const sets = ['--set', 'run.duration=2m'];
    for (const runs of ['20', '5'])
      writeFileSync(
        at(`r${runs}.json`),
        headroom(['run', scenario, ...sets, '--runs', runs, '--json']).stdout,
      );
    expect(at2(['check', at('r20.json')]).code).toBe(0);
    const few = at2(['check', at('r5.json')]);
    expect([few.code, few.stdout.includes('5 runs cannot tell')]).toEqual([1, true]);
  });

  it('says before running that two scenarios would share a baseline, and that there are none', () => {
    expect(at2(['check', scenario, 'scenarios/desk.yaml'])).toMatchObject({ code: 2 });
    expect(at2(['check']).stderr).toContain('no baselines in');
  });
});

describe('headroom baseline update', () => {
  it('leaves the file alone where nothing moved beyond noise, under other seeds too', () => {
    update();
    const before = readFileSync(at('baselines/desk.json'), 'utf8');
    expect(update().stdout).toContain('nothing moved beyond noise');
    expect(update('--seed', '9').stdout).toContain('nothing moved beyond noise');
    expect(readFileSync(at('baselines/desk.json'), 'utf8')).toBe(before);
  });

  it('writes what moved as a whole, prints what did, and the check passes then', () => {
    update();
    writeFileSync(scenario, text.replace('10ms', '11ms').replace('workloads.w.latency.mean, ', ''));
    const { code, stdout } = update();
    expect(code).toBe(0);
    expect(stdout).toMatch(/workloads\.w\.latency\.p95: worse\n +\d.* ms → \d.* ms: \+/);
    expect(stdout).toContain('- workloads.w.latency.mean: gated no more');
    expect(check().code).toBe(0);
    expect(readdirSync(baselines)).toEqual(['desk.json']);
  });

  it('of a scenario that gates nothing ends with code 2', () => {
    writeFileSync(kept, text.replace(/^(targets|check):.*\n/gm, ''));
    expect(at2(['baseline', 'update', kept])).toMatchObject({ code: 2 });
  });
});

describe('the check block of a scenario', () => {
  it.each([
    ['metrics: [ workloads.w.latency.p9 ]', 'did you mean workloads.w.latency.p9'],
    ['metrics: [ { metric: workloads.w.latency.p95, floor: 3/s } ]', 'is a duration'],
    ['runs: 5', '20'],
    ['duration: 1m, warmUp: 2m', 'leaves nothing to measure in a check'],
  ])('%s is a mistake', (block, message) => {
    writeFileSync(scenario, text.replace(/check: .*/, `check: { ${block} }`));
    const { code, stderr } = headroom(['validate', scenario]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
