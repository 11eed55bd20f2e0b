import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PurchasePlan } from '../../src/result/index.ts';
import { headroom } from './headroom.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-purchase-'));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  const desk = (pool: string) => `
name: Desk
run: { duration: 10s, warmUp: 1s, runs: 1, seed: 5 }
workloads: { day: { arrivals: { rate: 50/s }, call: desk.serve } }
services: { desk: { ${pool} instances: 10, cpu: { cores: 3, request: 3 }, operations: { serve: [ work: { exponential: 10ms } ] } } }
`;
  writeFileSync(at('none.yaml'), desk(''));
  writeFileSync(
    at('desk.yaml'),
    `${desk('pool: web,')}pools: { web: { node: m6i.xlarge, mix: { on-demand: 90%, spot: 10% } } }\n`,
  );
});

const purchase = (file: string, ...more: string[]) =>
  headroom(['purchase', at(file), '--jobs', '1', '--keep', at('kept'), '--resume', ...more]);

describe('headroom purchase', () => {
  it('says what to reserve and what to buy as spot', () => {
    const { code, stdout } = purchase('desk.yaml', '--risk', '20%', '--term', '3y');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}as it is +0 +9 +1 /m);
    expect(stdout).toMatch(/^ {2}best +8 +0 +2 /m);
    expect(stdout).toContain('--risk 20%');
    expect(stdout).toContain('--set prices.reservedTerm=3y');
  });

  it('writes a scenario that runs, and buys what was found best', () => {
    expect(purchase('desk.yaml', '--risk', '20%', '--out', at('bought.yaml')).code).toBe(0);
    expect(readFileSync(at('bought.yaml'), 'utf8')).toContain('extends: desk.yaml');
    const run = headroom(['run', at('bought.yaml'), '--jobs', '1', '--json']);
    expect(run.code).toBe(0);
    const plan = JSON.parse(purchase('desk.yaml', '--risk', '20%', '--json').stdout) as PurchasePlan;
    const { metrics } = JSON.parse(run.stdout) as { metrics: Record<string, { value: number }> };
    expect(metrics['cost.month'].value).toBeCloseTo(plan.best.month, 6);
  });

  it('prints the document with --json', () => {
    const plan = JSON.parse(purchase('desk.yaml', '--json').stdout) as PurchasePlan;
    expect(plan.format).toBe('headroom.purchase/1');
    expect(plan.terms?.reservedTerm).toBe('1y');
    expect(plan.fleets[0].best.layers).toEqual({ reserved: 9, 'on-demand': 0, spot: 1 });
  });

  it.each([
    [['desk.yaml', '--risk', '120%'], 'expected a share of at most 100%'],
    [['desk.yaml', '--risk', 'low'], 'expected a share of at most 100%'],
    [['desk.yaml', '--interruptions', '-1'], 'expected a number a month'],
    [['desk.yaml', '--term', '2y'], '1y'],
    [['desk.yaml', '--pool', 'wbe'], 'no pool is called wbe; expected web (did you mean web?)'],
    [['none.yaml'], 'the scenario has no pools'],
    [['desk.yaml', '--set', 'pools.web.node={ name: ours, cores: 4 }'], 'no price is known of pools.web'],
  ])('refuses %j', ([file, ...more], message) => {
    const { code, stderr, stdout } = purchase(file, ...more);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
