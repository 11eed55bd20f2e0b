import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verdictOf, writeIndex, writePlanReport, writeReport } from '../../reports/gallery.ts';

const baseline = '{ "format": "headroom.baseline/1" }\n';

test('writing the gallery of reports anew leaves the baselines of headroom check alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-gallery-'));
  mkdirSync(join(folder, 'baselines'));
  const path = join(folder, 'baselines', '01-one-queue.json');
  writeFileSync(path, baseline);
  const before = statSync(path).mtimeMs;
  await writeReport('01-one-queue', folder, ['run.duration=1m', 'run.runs=2']);
  writeIndex(folder);
  expect(readdirSync(folder).sort()).toEqual(['01-one-queue.txt', 'README.md', 'baselines']);
  expect(readdirSync(join(folder, 'baselines'))).toEqual(['01-one-queue.json']);
  expect(readFileSync(path, 'utf8')).toBe(baseline);
  expect(statSync(path).mtimeMs).toBe(before);
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(
    '[01-one-queue](01-one-queue.txt): STABLE',
  );
  await expect(writeReport('baselines/01-one-queue', folder)).rejects.toThrow('no scenario is called');
  rmSync(folder, { recursive: true });
});

test('a scenario with a plan has a report of it beside that of its run', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-gallery-'));
  const short = ['run.duration=40s', 'run.warmUp=10s', 'plan.survive=~', 'plan.runs=2', 'plan.maxRuns=2'];
  const one = ['plan.vary=~', 'plan.vary={ services.shop.instances: [4] }', 'targets=[]'];
  expect(await writePlanReport('01-one-queue', folder)).toBeUndefined();
  expect((await writePlanReport('two-regions', folder, [...short, ...one]))?.verdict).toBe('found');
  writeIndex(folder);
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toMatch(
    /^\* \[two-regions-plan\]\(two-regions-plan\.txt\): PLAN {2}instances 4/m,
  );
  rmSync(folder, { recursive: true });
});

test('the index tells the whole verdict of a report, in several words and on several lines', () => {
  const page = (...lines: string[]) => [...lines, '', 'Targets   measured', 'END  of it'].join('\n');
  expect(
    verdictOf(
      page(
        'Split brain   5 runs of 35 m',
        'A region is cut off',
        'DOES NOT HOLD, OVERLOADED  3 of 5 needs',
        '                           kept',
        '  trades: 3% turned away',
      ),
    ),
  ).toBe('DOES NOT HOLD, OVERLOADED  3 of 5 needs kept');
  expect(verdictOf(page('One queue   5 runs', 'STABLE  no targets set'))).toBe('STABLE  no targets set');
  expect(verdictOf(page('One queue   5 runs'))).toBe('');
  for (const file of readdirSync('reports').filter((name) => name.endsWith('.txt')))
    expect(verdictOf(readFileSync(join('reports', file), 'utf8')), file).toMatch(/^[A-Z, ]+ {2}.*\d/);
});

test('no test knows the folder of the baselines, so that npm test -- -u cannot rewrite one', () => {
  const folder = ['reports', 'baselines'].join('/');
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(files.filter((file) => readFileSync(join('test', file), 'utf8').includes(folder))).toEqual([
    'reports/gallery.test.ts',
  ]);
  expect(readFileSync(join('test', 'reports/gallery.test.ts'), 'utf8')).not.toContain(
    ['toMatch', 'Snapshot'].join('File'),
  );
});

test('every shipped baseline is of a scenario that there is, and of twenty runs or more', () => {
  const names = readdirSync('reports/baselines');
  expect(names.length).toBeGreaterThanOrEqual(3);
  for (const name of names) {
    const { scenario, runs } = JSON.parse(readFileSync(join('reports/baselines', name), 'utf8'));
    expect(scenario.file).toBe(`scenarios/${name.replace('.json', '.yaml')}`);
    expect(runs).toBeGreaterThanOrEqual(20);
    expect(statSync(scenario.file).isFile()).toBe(true);
  }
});
