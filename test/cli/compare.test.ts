import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { headroom } from './headroom.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-compare-'));
const at = (name: string) => join(folder, name);
const desks = (threads: number) => `
run: { duration: 5m }
workloads: { w: { arrivals: { rate: 80/s }, call: desk.serve } }
services: { desk: { threads: ${threads}, operations: { serve: [work: { exponential: 10ms }] } } }
`;

beforeAll(() => {
  writeFileSync(at('one.yaml'), desks(1));
  writeFileSync(at('two.yaml'), desks(2));
  for (const [name, seed] of [
    ['one', '7'],
    ['two', '7'],
    ['other', '8'],
  ]) {
    const file = at(name === 'other' ? 'two.yaml' : `${name}.yaml`);
    writeFileSync(at(`${name}.json`), headroom(['run', file, '--seed', seed, '--json']).stdout);
  }
});

describe('headroom compare', () => {
  it('runs scenarios with one seed and as many runs, and prints what is better', () => {
    const { code, stdout } = headroom(['compare', at('one.yaml'), at('two.yaml'), '--runs', '4']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^two against one\n4 runs of 5 m, paired by seed/);
    expect(stdout).toMatch(/latency\.p95 .* better$/m);
    expect(stdout).toContain('services.desk.threads: 1 → 2');
  });

  it('gives scenarios the seed of the saved results that they stand beside', () => {
    const { stdout } = headroom(['compare', at('one.json'), at('two.yaml'), '--json']);
    const saved = headroom(['compare', at('one.json'), at('two.json'), '--json']);
    expect(JSON.parse(stdout).metrics).toEqual(JSON.parse(saved.stdout).metrics);
    expect(JSON.parse(stdout).designs.map(({ seed }: { seed: number }) => seed)).toEqual([7, 7]);
  });

  it('says that results of other seeds are not paired', () => {
    const { code, stdout } = headroom([
      'compare',
      at('one.json'),
      at('other.json'),
      '--label',
      'A',
      '--label',
      'B',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('B is not paired (seed 8, the reference has 7)');
  });

  it('exits with 1 for what is worse only when asked to', () => {
    const args = ['compare', at('two.json'), at('one.json')];
    expect(headroom(args).code).toBe(0);
    expect(headroom([...args, '--fail-if-worse']).code).toBe(1);
    expect(headroom([...args, '--fail-if-worse', '--reference', 'one']).code).toBe(0);
  });

  it('writes Markdown beside the text', () => {
    headroom(['compare', at('one.json'), at('two.json'), '--reporter', `markdown=${at('diff.md')}`]);
    expect(readFileSync(at('diff.md'), 'utf8')).toMatch(/^## two against one\n/);
  });

  it('writes the page, the charts and the table of numbers beside it, of designs given as results', () => {
    const reporters = [`html=${at('diff.html')}`, `png=${at('charts')}`, `csv=${at('diff.csv')}`];
    const { code } = headroom([
      'compare',
      at('one.json'),
      at('two.json'),
      ...reporters.flatMap((reporter) => ['--reporter', reporter]),
    ]);
    expect(code).toBe(0);
    expect(readFileSync(at('diff.html'), 'utf8')).toContain('<title>two against one · Headroom</title>');
    expect(readFileSync(at('diff.csv'), 'utf8')).toMatch(/^metric,design,value,/);
    expect(readdirSync(at('charts')).sort()).toEqual(['latency.png', 'timeline.png']);
  });

  it.each([
    [['one.json'], 'two designs or more'],
    [['one.json', 'two.json', '--reference', 'three'], 'no design is called three'],
    [['one.json', 'nowhere.json'], 'cannot read'],
    [['one.json', 'two.json', '--label', 'a', '--label', 'b', '--label', 'c'], '3 labels for 2 designs'],
    [['one.json', 'two.json', '--tolerance', 'much'], 'expected a share'],
  ])('%j ends with code 2', (args, message) => {
    const { code, stderr } = headroom([
      'compare',
      ...args.map((arg) => (arg.endsWith('.json') ? at(arg) : arg)),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
