import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/result/index.ts';
import { headroom } from './headroom.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-plan-'));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  writeFileSync(
    at('shop.yaml'),
    `
name: A shop
run: { duration: 20s, warmUp: 1s, seed: 3 }
pools: { web: {} }
workloads: { w: { arrivals: { rate: 100/s }, call: desk.serve } }
services: { desk: { pool: web, cpu: { cores: 1 }, operations: { serve: [ work: { exponential: 10ms } ] } } }
targets: [ workloads.w.latency.p95 < 60ms ]
plan:
  vary:
    services.desk.instances: { values: 1..4, monotone: true }
    pools.web.node: [ m6i.large, c6i.large ]
  runs: 3
  maxRuns: 6
`,
  );
  writeFileSync(at('never.yaml'), 'extends: shop.yaml\ntargets: [ workloads.w.latency.p95 < 20ms ]\n');
  writeFileSync(
    at('bad.yaml'),
    `
name: Bad
workloads: { w: { arrivals: { rate: 100/s }, call: desk.serve } }
services: { desk: { cpu: { cores: 1 }, operations: { serve: [ work: { exponential: 10ms } ] } } }
targets: [ workloads.w.latency.p95 < 40ms ]
plan:
  vary:
    services.dsk.instances: 1..6
    services.desk.instances: 6..1
    services.desk.cpu.core: [1, 2]
    shops: [1]
  where: [ threads < 3 ]
  minimise: instancs
  keep: [ workloads.w.latency.p9 < 3s ]
  survive: any-region
`,
  );
});

const plan = (file: string, more: readonly string[] = []) =>
  headroom(['plan', at(file), '--keep', at('kept'), '--resume', '--jobs', '1', ...more]);

describe('headroom plan', () => {
  it('prints the cheapest design, and writes it as a scenario that runs and keeps its needs', () => {
    const { code, stdout } = plan('shop.yaml', ['--out', at('cheapest.yaml')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^PLAN {2}instances \d, node c6i\.large: \$[\d.]+ a month, and keeps all needs/m);
    expect(stdout).toContain('Why the others are out');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(readFileSync(at('cheapest.yaml'), 'utf8')).toContain('extends: shop.yaml');
    const run = headroom([
      'run',
      at('cheapest.yaml'),
      '--jobs',
      '1',
      '--runs',
      '6',
      '--seed',
      '77',
      '--json',
    ]);
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ verdict: 'pass' });
  });

  it('prints the same bytes with two workers, and out of what was kept', () => {
    const alone = plan('shop.yaml', ['--json']);
    expect(alone.stderr).toMatch(/\d+ runs were finished before, 0 simulated now/);
    const two = headroom(['plan', at('shop.yaml'), '--json', '--jobs', '2', '--keep', at('two')]);
    expect(two.stdout).toBe(alone.stdout);
    const { verdict, winner, counts } = JSON.parse(two.stdout) as Plan;
    expect(verdict).toBe('found');
    expect(winner?.seed).toBe(4);
    expect(counts.designs).toBe(8);
  });

  it('is the same bytes out of what shards have simulated, of which it does not simulate again what it needs', () => {
    const alone = plan('shop.yaml', ['--json']);
    for (const number of [1, 2, 3]) {
      const shard = ['--shard', `${number}/3`, '--jobs', '1', '--keep', at(`part${number}`)];
      const { code, stdout, stderr } = headroom(['plan', at('shop.yaml'), ...shard]);
      expect([code, stdout]).toEqual([0, '']);
      expect(stderr).toMatch(new RegExp(`shard ${number} of 3: \\d+ of \\d designs simulated`));
      cpSync(at(`part${number}`), at('parts'), { recursive: true });
    }
    const { stdout, stderr } = headroom([
      'plan',
      at('shop.yaml'),
      '--json',
      '--resume',
      '--keep',
      at('parts'),
    ]);
    expect(stdout).toBe(alone.stdout);
    const [, found, simulated] = /(\d+) runs were finished before, (\d+) simulated now/.exec(stderr) ?? [];
    const { winner, counts } = JSON.parse(stdout) as Plan;
    expect(Number(found) + Number(simulated)).toBe(counts.runs + counts.forPrices);
    // What nobody has simulated before is the winner on fresh seeds.
    expect(Number(simulated)).toBe(winner?.runs);
    const nothing = headroom(['merge', at('parts')]);
    expect(nothing).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('headroom plan FILE --resume'),
    });
  });

  it('a shard has no plan to write', () => {
    for (const asked of [['--out', at('x.yaml')], ['--json'], ['--reporter', `html=${at('x.html')}`]]) {
      const { code, stderr } = plan('shop.yaml', ['--shard', '1/2', ...asked]);
      expect(code).toBe(2);
      expect(stderr).toContain(`a shard makes no plan, so ${asked[0]} has nothing to write`);
    }
    expect(readdirSync(folder).filter((name) => name.startsWith('x.'))).toEqual([]);
  });

  it('reports as page and Markdown, from a saved plan too', () => {
    writeFileSync(at('plan.json'), plan('shop.yaml', ['--json']).stdout);
    const reporters = ['html=plan.html', 'markdown=plan.md'];
    const { code } = headroom([
      'report',
      at('plan.json'),
      ...reporters.flatMap((each) => ['--reporter', each.replace('=', `=${folder}/`)]),
    ]);
    expect(code).toBe(0);
    expect(readFileSync(at('plan.html'), 'utf8')).toContain('Why the others are out');
    expect(readFileSync(at('plan.md'), 'utf8')).toMatch(/^## A shop: instances/);
  });

  it('exits with 1 where no design holds, says what comes nearest, and writes no scenario', () => {
    const { code, stdout } = plan('never.yaml', ['--out', at('none.yaml')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^INFEASIBLE {2}no design keeps all needs; instances 4, node \S+ *\n? *comes nearest/m,
    );
    expect(stdout).toContain('What the nearest miss lacks');
    expect(() => readFileSync(at('none.yaml'))).toThrow('ENOENT');
  });

  it('says all mistakes at once, each at its place', () => {
    const { code, stderr } = plan('bad.yaml');
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\.yaml:8:29 error no service is called dsk/);
    expect(stderr).toContain('did you mean services.desk?');
    expect(stderr).toMatch(/bad\.yaml:9:30 error 6\.\.1 is empty/);
    expect(stderr).toContain('did you mean "cores"?');
    expect(stderr).toContain('a scenario has no shops');
    expect(stderr).toContain('threads < 3 names nothing that is varied');
    expect(stderr).toContain('instancs names nothing that is varied');
    expect(stderr).toContain('no metric is called workloads.w.latency.p9');
    expect(stderr).toContain('region is the only region');
    expect(stderr).toContain('w waits for answers without end');
    expect(stderr).toContain('9 errors');
    const validated = headroom(['validate', at('bad.yaml')]);
    expect(validated).toMatchObject({ code: 2, stderr: expect.stringContaining('9 errors') });
  });

  it.each([
    [['--set', 'plan=~'], 'the scenario does not say what may be changed'],
    [['--set', 'plan.vary={ services.desk.instances: "0..2" }'], 'services.desk.instances=0: 0 is below 1'],
    [['--set', 'plan.where=[ instances > 9 ]'], 'no design keeps instances > 9'],
    [['--set', 'services.desk.pool=~'], 'nothing of the scenario has a price'],
  ])('%j ends with code 2', (args, message) => {
    const { code, stderr } = plan('shop.yaml', args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
