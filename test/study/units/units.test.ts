import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunPool } from '../../../src/study/run-pool.ts';
import { simulateRun } from '../../../src/study/simulate-run.ts';
import { readBlob, writeBlob } from '../../../src/study/units/blob.ts';
import { readExactJson, writeExactJson } from '../../../src/study/units/exact-json.ts';
import { KeptRuns } from '../../../src/study/units/kept-runs.ts';
import { addressOf, stampOf } from '../../../src/study/units/unit.ts';
import { UnitStore, UnusableStore } from '../../../src/study/units/unit-store.ts';
import { scenarioOf } from '../../models/harness.ts';

const scenario = scenarioOf(`
name: shop
run: { duration: 2m, runs: 2 }
workloads: { w: { arrivals: { rate: 20/s }, call: desk.serve } }
services: { desk: { threads: 1, operations: { serve: [ work: { exponential: 10ms } ] } } }
targets: [ { target: workloads.w.latency.p95 < 1s, during: steady } ]
`);
const unit = { text: scenario.text, seed: 7, run: 0 };
const stamp = stampOf(unit, '1.0.0');
const record = simulateRun(scenario, 7, 0);
const newFolder = () => mkdtempSync(join(tmpdir(), 'headroom-units-'));

describe('JSON that loses nothing', () => {
  it('gives back numbers that JSON has no word for, at any depth', () => {
    const value = {
      a: [Number.NaN, -0, 0, 1.5, Number.POSITIVE_INFINITY],
      b: { c: Number.NEGATIVE_INFINITY },
    };
    expect(readExactJson(writeExactJson(value))).toStrictEqual(value);
    expect(Object.is((readExactJson('{"x":{"~":"-0"}}') as { x: number }).x, -0)).toBe(true);
  });

  it.each([[{ a: undefined }], [[undefined]], [new Map()], [{ '~': 1 }], [Float64Array.of(1)]])(
    'refuses %j, of which something would be lost',
    (value) => {
      expect(() => writeExactJson(value)).toThrow(TypeError);
    },
  );
});

describe('a finished unit', () => {
  it('comes back from its bytes as it was, to the last digit', () => {
    expect(JSON.stringify(record)).toContain('null'); // It has gaps, which are NaN.
    const read = readBlob(writeBlob(stamp, record), '1.0.0');
    expect(read).toStrictEqual({ stamp, record });
  });

  it('is the same bytes whenever it is written', () => {
    expect(Buffer.compare(writeBlob(stamp, record), writeBlob(stamp, simulateRun(scenario, 7, 0)))).toBe(0);
  });

  it('is refused by another version', () => {
    expect(readBlob(writeBlob(stamp, record), '1.0.1')).toEqual({
      problem: 'made by headroom 1.0.0, and this is 1.0.1',
    });
  });

  it('is refused when a byte has changed, when it is cut off, and when it is something else', () => {
    const bytes = writeBlob(stamp, record);
    const changed = Uint8Array.from(bytes);
    changed[changed.length - 9] ^= 1;
    expect(readBlob(changed, '1.0.0')).toEqual({ problem: expect.stringContaining('corrupt') });
    expect(readBlob(bytes.subarray(0, bytes.length - 1), '1.0.0')).toEqual({
      problem: expect.stringContaining('corrupt'),
    });
    for (const other of ['', '{}\n', 'no line at all', '{"format":"headroom.unit/2"}\n'])
      expect(readBlob(Buffer.from(other), '1.0.0')).toEqual({
        problem: expect.stringContaining('not a finished unit'),
      });
  });

  it('has an address of its own for each text, seed, run and version', () => {
    const stamps = [
      stamp,
      stampOf({ ...unit, text: `${unit.text} ` }, '1.0.0'),
      stampOf({ ...unit, seed: 8 }, '1.0.0'),
      stampOf({ ...unit, run: 1 }, '1.0.0'),
      stampOf(unit, '1.0.1'),
    ];
    expect(new Set(stamps.map(addressOf)).size).toBe(stamps.length);
  });
});

describe('the folder of finished units', () => {
  it('gives back what was put, to other processes too, and nothing else', () => {
    const folder = newFolder();
    new UnitStore(folder, '1.0.0').put(unit, record);
    const store = new UnitStore(folder, '1.0.0');
    expect(store.get(unit)).toStrictEqual(record);
    expect(store.get({ ...unit, run: 1 })).toBeUndefined();
    expect(new UnitStore(folder, '1.0.1').get(unit)).toBeUndefined();
    expect(store.files()).toHaveLength(1);
  });

  it('says which file is corrupt, and does without it', () => {
    const said: string[] = [];
    const store = new UnitStore(newFolder(), '1.0.0', (file, problem) => said.push(`${file} ${problem}`));
    store.put(unit, record);
    const [file] = store.files();
    writeFileSync(file, readFileSync(file).subarray(0, 400));
    expect(store.get(unit)).toBeUndefined();
    expect(said).toEqual([expect.stringMatching(/\.unit corrupt: /)]);
  });

  it('notices a record that lies in another one’s place', () => {
    const said: string[] = [];
    const store = new UnitStore(newFolder(), '1.0.0', (_file, problem) => said.push(problem));
    store.put(unit, record);
    const [file] = store.files();
    writeFileSync(file, writeBlob({ ...stamp, run: 1 }, record));
    expect(store.get(unit)).toBeUndefined();
    expect(said).toEqual(['it is the record of another unit']);
  });

  it('keeps itself out of repositories, and says where it cannot be', () => {
    const folder = newFolder();
    new UnitStore(join(folder, 'deep', 'down'), '1.0.0');
    expect(existsSync(join(folder, 'deep', 'down', '.gitignore'))).toBe(true);
    writeFileSync(join(folder, 'file'), '');
    expect(() => new UnitStore(join(folder, 'file'), '1.0.0')).toThrow(UnusableStore);
  });
});

describe('kept runs', () => {
  it('are simulated once, and found by whoever goes on', async () => {
    const store = new UnitStore(newFolder(), '1.0.0');
    const pool = new RunPool(1);
    const first = new KeptRuns(pool, store, true);
    const records = await first.runs(scenario, 7, 0, 2);
    const second = new KeptRuns(pool, store, true);
    expect(await second.runs(scenario, 7, 0, 3)).toStrictEqual([...records, simulateRun(scenario, 7, 2)]);
    expect([first.found, first.simulated, second.found, second.simulated]).toEqual([0, 2, 2, 1]);
  });
});
