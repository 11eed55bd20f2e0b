import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { threeRegions } from '../study/survive/designs.ts';
import { headroom } from './headroom.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-lose-'));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  writeFileSync(at('three.yaml'), threeRegions({ targets: '[workloads.trades.latency.p95 < 450ms]' }));
  writeFileSync(at('endless.yaml'), threeRegions().replace(/client: .*/, ''));
  writeFileSync(
    at('one.yaml'),
    threeRegions()
      .replace(/regions: .*/, 'regions: { east: us-east-1 }')
      .replace(/routing: .*/, ''),
  );
});

describe('headroom run --lose', () => {
  it('exits with 1 where survivors break a need, and with 0 where they keep all', () => {
    const broken = headroom(['run', at('three.yaml'), '--lose', 'east']);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/^DOES NOT HOLD {2}the load at the peak is not borne without east$/m);
    const kept = headroom(['run', at('three.yaml'), '--lose', 'south', '--json']);
    expect(kept.code).toBe(0);
    expect(JSON.parse(kept.stdout)).toMatchObject({
      format: 'headroom.survival/1',
      verdict: 'holds',
      runs: 2,
    });
  });

  it('writes other reports beside the text', () => {
    headroom(['run', at('three.yaml'), '--lose', 'south', '--reporter', `markdown=${at('south.md')}`]);
    expect(readFileSync(at('south.md'), 'utf8')).toContain('**HOLDS**');
  });

  it('points at callers without patience, as for faults that are written', () => {
    const { code, stderr, stdout } = headroom(['run', at('endless.yaml'), '--lose', 'each-region']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/endless\.yaml:\d+:3 error trades waits for answers without end/);
    expect(stderr).toContain('expected a timeout in workloads.trades.client');
  });

  it.each([
    [['three.yaml', '--lose', 'eest'], 'did you mean east?'],
    [['three.yaml', '--lose', 'east.9'], 'east has no zone 9; expected east.1 to east.3'],
    [['one.yaml', '--lose', 'each-region'], 'east is the only region'],
    [['three.yaml', '--lose', 'east', '--reporter', 'html=x.html'], '--reporter html shows no --lose'],
  ])('%j ends with code 2', ([file, ...args], message) => {
    const { code, stderr } = headroom(['run', at(file), ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
