import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseScenario, type Scenario } from '../../../src/models/parse.ts';
import type { Sweep } from '../../../src/result/index.ts';
import { RunPool } from '../../../src/study/run-pool.ts';
import { Unmergeable } from '../../../src/study/shards/gather.ts';
import { mergeSweep } from '../../../src/study/shards/merge-sweep.ts';
import { runSweepShard } from '../../../src/study/shards/sweep-shard.ts';
import { runSweep, type SweepDesign } from '../../../src/study/sweep/run-sweep.ts';
import { KeptRuns } from '../../../src/study/units/kept-runs.ts';
import { UnitStore } from '../../../src/study/units/unit-store.ts';

const root = mkdtempSync(join(tmpdir(), 'headroom-shards-'));
const at = (name: string) => join(root, name);
const version = '1.0.0';

const shop = (threads: string, title = 'A shop'): Scenario =>
  parseScenario(
    'shop.yaml',
    () => `
title: ${title}
run: { duration: 1m, warmUp: 5s, runs: 2, maxRuns: 4 }
workloads: { w: { arrivals: { rate: 20/s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [ work: { exponential: 40ms } ] } } }
targets: [ workloads.w.latency.p95 < 140ms ]
`,
    [`services.desk.threads=${threads}`],
  ).scenario as Scenario;

const values = ['1', '2', '3', '4', '5'];
const design: SweepDesign = {
  variables: [{ path: 'services.desk.threads', values }],
  where: [],
  leftOut: 0,
  points: values.map((value) => ({ values: [value], scenario: () => shop(value) })),
};
const settings = { file: 'shop.yaml', version, atOnce: 1, sets: [] };
const base = shop('1');

const shard = (
  number: number,
  folder: string,
  more: { seed?: number; version?: string; base?: Scenario } = {},
) => {
  const made = more.version ?? version;
  const pool = new KeptRuns(new RunPool(1), new UnitStore(at(folder), made), true);
  const { base: other = base, ...rest } = more;
  return runSweepShard(
    other,
    design,
    { ...settings, pool, version: made, ...rest },
    { shard: { number, of: 3 }, folder: at(folder) },
  );
};

const merge = (folders: readonly string[], allowMissing = false) =>
  mergeSweep(folders.map(at), { version, allowMissing }) as Promise<Sweep>;

const refused = async (folders: readonly string[], allowMissing = false): Promise<readonly string[]> => {
  const error = await merge(folders, allowMissing).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(Unmergeable);
  return (error as Unmergeable).problems;
};

const copy = (folder: string, name: string): string => {
  cpSync(at(folder), at(name), { recursive: true });
  return name;
};

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(at(folder), name));

beforeAll(async () => {
  for (const number of [1, 2, 3]) await shard(number, `s${number}`);
});

describe('merging shards', () => {
  it('makes what one process makes, whatever their order, and out of one folder that all share', async () => {
    const pool = new RunPool(1);
    const whole = JSON.stringify(await runSweep(base, design, { ...settings, pool }));
    expect(JSON.stringify(await merge(['s3', 's1', 's2']))).toBe(whole);
    for (const number of [2, 3, 1]) await shard(number, 'shared');
    expect(JSON.stringify(await merge(['shared']))).toBe(whole);
    // Some points were undecided, and had more runs.
    expect(JSON.parse(whole).points.some(({ runs }: { runs: number }) => runs > 2)).toBe(true);
  });

  it('fails where shards are missing, and counts their points where that is allowed', async () => {
    expect(await refused(['s1'])).toEqual(['shard 2, 3 of 3 are missing']);
    const sweep = await merge(['s1', 's3'], true);
    expect(sweep.missing).toBe(2);
    expect(sweep.points.map((point) => point.values.join())).toEqual(['1', '3', '4']);
  });

  it('refuses shards of another version, of another scenario, and of another question', async () => {
    await shard(2, 'old', { version: '0.9.0' });
    expect(await refused(['s1', 'old', 's3'])).toEqual([
      expect.stringMatching(/shard-2-of-3\.json: made by headroom 0\.9\.0, and this is 1\.0\.0/),
    ]);
    await shard(2, 'other', { base: shop('1', 'Another') });
    expect((await refused(['s1', 'other', 's3'])).join()).toMatch(
      /shard-2-of-3\.json and .*shard-1-of-3\.json are parts of different work: scenario hash \w+, and \w+/,
    );
    await shard(2, 'seed', { seed: 5 });
    expect((await refused(['s1', 'seed', 's3'])).join()).toContain('different work: --seed 5, and none');
  });

  it('names each damaged file, and each that is gone', async () => {
    const folder = copy('s2', 'damaged');
    const units = filesIn(folder, '.unit');
    writeFileSync(units[0], readFileSync(units[0]).subarray(0, 300));
    writeFileSync(units[1], '');
    const problems = await refused(['s1', folder, 's3']);
    expect(problems).toHaveLength(2);
    expect(problems.join()).toContain(`${units[0]}: corrupt`);
    expect(problems.join()).toContain(`${units[1]}: not a finished unit`);
    const [text] = filesIn(copy('s2', 'text'), '.yaml.gz');
    writeFileSync(text, 'something else');
    expect((await refused(['s1', 'text', 's3'])).join()).toContain(`${text}: corrupt`);
    const manifest = join(at(copy('s2', 'half')), 'shard-2-of-3.json');
    writeFileSync(manifest, readFileSync(manifest).subarray(0, 80));
    expect(await refused(['s1', 'half', 's3'])).toEqual([`${manifest}: corrupt: no whole JSON`]);
  });

  it('says which folder has no shards', async () => {
    new UnitStore(at('empty'), version);
    expect(await refused(['empty', 'nowhere'])).toEqual([
      `${at('empty')}: no finished shard of a sweep is in it (shards of a plan need no merge: headroom plan FILE --resume --keep ${at('empty')})`,
      `${at('nowhere')}: cannot be read: ENOENT`,
    ]);
  });
});
