import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';
import { roadmapMarkdown } from '../../../src/report/roadmap/markdown.ts';
import { renderRoadmap } from '../../../src/report/roadmap/terminal.ts';
import type { RoadmapReport } from '../../../src/result/index.ts';
import { monthsOf, runRoadmap } from '../../../src/study/roadmap/run-roadmap.ts';
import { RunPool } from '../../../src/study/run-pool.ts';

/** A thread does 100 a second; the load doubles every two months, from 50 a second to 800. */
const desk = `
name: Desk grows
run: { duration: 30s, warmUp: 5s, runs: 2, seed: 5 }
workloads: { day: { arrivals: { rate: 50/s }, call: desk.serve } }
services: { desk: { threads: 1, cpu: { cores: 16 }, operations: { serve: [ work: { exponential: 10ms } ] } } }
targets: [ workloads.day.latency.mean < 100ms ]
growth: { load: [ { month: 0, factor: 1 }, { month: 8, factor: 16 } ] }
phases:
  more: { month: 2, changes: { services: { desk: { threads: 5 } } } }
  most: { month: 4, after: [more], changes: { services: { desk: { threads: 12 } }, targets: [ workloads.*.latency.mean < 100ms ] } }
`;

const parse = (sets: readonly string[] = [], phases?: readonly string[], text = desk) =>
  parseScenario('desk.yaml', () => text, sets, phases);

const pool = new RunPool(1);
afterAll(() => pool.close());

const run = (sets: readonly string[] = []) => {
  const { scenario } = parse(sets);
  if (scenario === undefined) throw new Error('the scenario does not stand');
  return runRoadmap(scenario, {
    file: 'desk.yaml',
    version: '0.0.0',
    sets,
    months: [0, 2, 4, 6, 8],
    pool,
    parse,
  });
};

describe('a roadmap', () => {
  let report: RoadmapReport;
  beforeAll(async () => {
    report = await run();
  });

  it('speaks of every month from the first to the last that is named', () => {
    const { scenario } = parse();
    expect(scenario && monthsOf(scenario)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('has each month’s load and phases, all on time', () => {
    expect(report.onTime.map(({ factor }) => Math.round(factor * 100) / 100)).toEqual([1, 2, 4, 8, 16]);
    expect(report.onTime.map(({ phases }) => phases)).toEqual([
      [],
      ['more'],
      ['more', 'most'],
      ['more', 'most'],
      ['more', 'most'],
    ]);
    expect(report.onTime.map(({ state }) => state)).toEqual(['holds', 'holds', 'holds', 'holds', 'holds']);
    // 50 a second of 10 ms each on one thread; 800 on twelve.
    expect(report.onTime[0].fullest?.utilization).toBeCloseTo(0.5, 1);
    expect(report.onTime[4].fullest?.utilization).toBeCloseTo(8 / 12, 1);
  });

  it('says in which month it breaks if a phase slips, with those that wait for it', () => {
    const courses = report.courses.map(({ slips, without, points }) => {
      const last = points[points.length - 1];
      return [slips, without, last.month, last.state];
    });
    expect(courses).toEqual([
      // One thread is full at 100 a second, which month 2 brings; five at 500, which lies between months 6 and 8.
      [undefined, ['more', 'most'], 2, 'fails'],
      ['more', ['more', 'most'], 2, 'fails'],
      ['most', ['most'], 8, 'fails'],
    ]);
  });

  it('has a month in a course be what it is as a scenario of its own', () => {
    const point = report.courses[2].points[0];
    expect(point.month).toBe(4);
    const alone = parse(['workloads.day.arrivals.factor=4'], ['more']);
    expect(point.hash).toBe(alone.scenario?.hash);
    const written = parse([
      'workloads.day.arrivals.factor=4',
      'services.desk.threads=5',
      'growth=~',
      'phases=~',
    ]);
    expect(point.hash).toBe(written.scenario?.hash);
  });

  it('prints it in 80 columns, and as Markdown', () => {
    const text = renderRoadmap(report, { color: false, columns: 80 });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toMatch(
      /HOLDS in all \d+ months looked at, all phases on time; with none of them it\s+fails\s+from\s+month/,
    );
    expect(text).toMatch(/^most slips +4 +month 8 +4 +workloads\.day/m);
    expect(roadmapMarkdown(report)).toContain('| most slips | 4 | month 8 | 4 |');
  });
});

describe('phases of a scenario', () => {
  const problems = (from: string, to: string) =>
    parse([], undefined, desk.replace(from, to)).problems.map(({ line, message }) => `${line}: ${message}`);

  it.each([
    ['threads: 12', 'thraeds: 12', '10: unknown key "thraeds"'],
    ['after: [more]', 'after: [moer]', '10: no phase is called moer'],
    ['after: [more]', 'after: [most]', '10: most is not there before most'],
    ['month: 8,', 'month: 0,', '7: is not later than the date before'],
  ])('say what is wrong with %s as %s, and where', (from, to, problem) => {
    expect(problems(from, to)).toEqual([problem]);
  });

  it('stand in the scenario’s one piece with what they delete, and with manifests inlined', () => {
    const text = desk.replace('threads: 5 }', 'threads: 5, cpu: ~ }');
    const { scenario } = parse([], undefined, text);
    const again = parse([], ['more'], scenario?.text ?? '');
    expect(again.scenario?.hash).toBe(parse([], ['more'], text).scenario?.hash);
    expect(again.scenario?.hash).not.toBe(parse([], ['more']).scenario?.hash);
  });
});
