import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RoadmapReport } from '../../src/result/index.ts';
import { headroom } from './headroom.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-roadmap-'));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  const desk = `
name: Desk
run: { duration: 20s, warmUp: 2s, runs: 2, seed: 5 }
workloads: { day: { arrivals: { rate: 50/s }, call: desk.serve } }
services: { desk: { threads: 1, cpu: { cores: 16 }, operations: { serve: [ work: { exponential: 10ms } ] } } }
targets: [ workloads.day.latency.mean < 200ms ]
`;
  writeFileSync(at('none.yaml'), desk);
  const growth = 'growth: { load: [ { month: 0, factor: 1 }, { month: 4, factor: 4 } ] }\n';
  writeFileSync(at('grows.yaml'), desk + growth);
  const phases = 'phases: { more: { month: 2, changes: { services: { desk: { threads: 6 } } } } }\n';
  writeFileSync(at('desk.yaml'), desk + growth + phases);
});

const roadmap = (file: string, ...more: string[]) =>
  headroom(['roadmap', at(file), '--jobs', '1', '--keep', at('kept'), '--months', '0,4', ...more]);

describe('headroom roadmap', () => {
  it('prints what breaks if a phase slips, and the same bytes with what was kept', () => {
    const { code, stdout } = roadmap('desk.yaml');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^HOLDS in all \d+ months looked at, all phases on time; with none of them it\s+fails\s+from/m,
    );
    expect(stdout).toMatch(/^more slips +2 +month 4 +2 /m);
    const again = roadmap('desk.yaml', '--resume');
    expect(again.stdout).toBe(stdout);
    expect(again.stderr).toContain('6 runs were finished before, 0 simulated now');
  });

  it('exits with 1 where a month fails with all phases on time', () => {
    const { code, stdout } = roadmap('grows.yaml', '--json');
    expect(code).toBe(1);
    const { courses, onTime } = JSON.parse(stdout) as RoadmapReport;
    expect(courses).toEqual([]);
    expect(onTime.map(({ state }) => state)).toEqual(['holds', 'fails']);
  });

  it.each([
    ['none.yaml', [], 'neither growth nor phases'],
    ['desk.yaml', ['--months', '1,x'], 'expected months parted by commas'],
    ['desk.yaml', ['--set', 'phases.more.changes.services.desk.thraeds=2'], 'unknown key "thraeds"'],
  ])('refuses %s %j', (file, more, message) => {
    const { code, stdout, stderr } = roadmap(file, ...more);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });
});
