import { describe, expect, it, test } from 'vitest';
import { type ReporterName, reporterNames, reporters } from '../../../src/report/reporters.ts';
import { type Result, readResult } from '../../../src/result/index.ts';
import { everything } from '../terminal/everything.ts';
import { simulated } from '../terminal/results.ts';
import { impatient, oneQueue, pooled, silent } from '../terminal/scenarios.ts';

const view = { path: 'out', color: false, columns: 80 };

async function text(name: ReporterName, ...results: Result[]): Promise<string> {
  const reporter = await reporters[name].load();
  const artifacts = await reporter.render(results, view);
  expect(reporter.name).toBe(name);
  return artifacts.map(({ content }) => content).join('');
}

const golden = (name: string): string => `../../golden/reporters/${name}`;
const queue = simulated(oneQueue, { runs: 2, file: 'scenarios/01-one-queue.yaml' });

describe('reporters of text', () => {
  test.each([
    ['markdown', 'md'],
    ['junit', 'xml'],
    ['github', 'txt'],
    ['csv', 'csv'],
  ] as const)('%s writes everything as its golden has it', async (name, suffix) => {
    await expect(await text(name, everything)).toMatchFileSnapshot(golden(`everything.${name}.${suffix}`));
  });

  test.each([
    ['one queue', queue],
    ['callers turned away', simulated(impatient, { runs: 1 })],
    ['nothing at all', simulated(silent, { runs: 1 })],
  ] as const)('all have something to say about %s', async (_, result) => {
    for (const name of reporterNames.filter((each) => each !== 'png' && each !== 'html')) {
      const written = await text(name, result);
      expect(written, name).not.toMatch(/undefined|NaN|\[object/);
      if (name !== 'github') expect(written.length, name).toBeGreaterThan(50);
    }
  });

  it('take several results one after the other', async () => {
    for (const name of ['markdown', 'json', 'ndjson'] as const)
      expect(await text(name, queue, everything)).toBe(
        (await text(name, queue)) + (await text(name, everything)),
      );
    expect((await text('csv', queue, everything)).match(/^metric,value/gm)).toHaveLength(1);
    expect((await text('junit', queue, everything)).match(/<testsuite /g)).toHaveLength(2);
  });
});

describe('a target on steady times', () => {
  const target = {
    ...everything.targets[0],
    target: 'workloads.conversations.availability >= 99.9%',
    metric: 'workloads.conversations.availability',
    operator: '>=' as const,
    limit: 0.999,
    during: 'steady' as const,
    status: 'fail' as const,
    value: 0.987,
    low: 0.987,
    high: 0.987,
  };
  const result = { ...everything, targets: [target, { ...target, during: undefined }] as Result['targets'] };

  it.each(['junit', 'github', 'markdown'] as const)('has its own value and name in %s', async (name) => {
    const written = await text(name, result);
    expect(written).toMatch(/98\.7%/);
    expect(written).toContain('in steady times');
  });

  it('is a test case of its own beside the one on all times', async () => {
    const names = [...(await text('junit', result)).matchAll(/<testcase name="([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(new Set(names).size).toBe(2);
  });
});

describe('markdown', () => {
  it('gives the verdict of the terminal, not how the load is borne alone', async () => {
    expect(await text('markdown', everything)).toContain('**DOES NOT HOLD, BACKLOGGED**');
    expect(await text('markdown', queue)).toContain('**STABLE**');
  });
});

describe('room that is taken', () => {
  const pool = simulated(pooled, { runs: 1 });

  it.each(['terminal', 'markdown'] as const)('is said in %s, though nobody waits for it', async (name) => {
    // Two cores of a four-core node, less what the system keeps of it.
    const share = pool.metrics['pools.web.utilization'].value ?? 0;
    expect(share).toBeGreaterThan(0.5);
    expect(await text(name, pool)).toContain(`web: ${(100 * share).toPrecision(2)}% of its room is taken`);
  });
});

describe('json', () => {
  it('is the document itself', async () => {
    expect(readResult(await text('json', queue))).toEqual(queue);
  });
});

describe('csv', () => {
  it('has a row a metric, with as many cells as the header and numbers as they are', async () => {
    const [header, ...rows] = (await text('csv', queue)).trimEnd().split('\r\n');
    expect(rows).toHaveLength(Object.keys(queue.metrics).length);
    const cells = rows.map((row) => row.split(','));
    expect(cells.every((row) => row.length === header.split(',').length)).toBe(true);
    const p95 = cells.find(([id]) => id === 'workloads.customers.latency.p95') ?? [];
    const { value, low } = queue.metrics['workloads.customers.latency.p95'];
    expect([Number(p95[1]), Number(p95[2])]).toEqual([value, low]);
  });

  it('writes an infinite latency as Infinity, not as nothing', async () => {
    expect(await text('csv', everything)).toContain('workloads.conversations.latency.p999,Infinity,');
  });
});

describe('ndjson', () => {
  it('has every point of the timeline once, in the order of time', async () => {
    const lines = (await text('ndjson', queue))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ type: 'run', format: 'headroom.timeline/1', scenario: 'One queue' });
    const points = lines.filter(({ type }) => type === 'point');
    const known = Object.values(queue.timeline.series).flatMap(({ values }) =>
      values.filter((value) => value !== null),
    );
    expect(points).toHaveLength(known.length);
    expect(points.map(({ at }) => at)).toEqual(points.map(({ at }) => at).sort((a, b) => a - b));
  });
});

describe('markdown', () => {
  it('lets no name of a scenario be markup, break a row, or call somebody', async () => {
    const hostile = 'a|b <img src=x> `c` @team [d](http://e) *f*';
    const written = await text('markdown', {
      ...everything,
      scenario: { ...everything.scenario, name: hostile, title: `x\n# ${hostile}` },
      targets: [{ ...everything.targets[0], because: hostile, reason: 'line\nbreak' }],
    });
    expect(written).not.toMatch(/<img|@team|\]\(http|\*f\*|\n# /);
    const row = written.split('\n').find((line) => line.includes('availability >= 99.9%')) ?? '';
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
  });
});

describe('github', () => {
  it('annotates what is not kept, errors before warnings before notices, each on one line', async () => {
    const lines = (await text('github', everything)).split('\n').filter((line) => line.startsWith('::'));
    expect(lines.map((line) => /^::(\w+)/.exec(line)?.[1])).toEqual([
      ...['error', 'error', 'warning', 'warning', 'notice'],
    ]);
    expect(lines[0]).toContain('file=scenarios/conversations-100m.yaml,title=');
  });

  it('escapes what would end a property or a line', async () => {
    const target = { ...everything.targets[0], reason: 'a: b, c\n::error::forged 100%' };
    const name = 'x,y: z';
    const written = await text('github', {
      ...everything,
      loadReasons: [],
      targets: [target],
      scenario: { ...everything.scenario, name },
    });
    const [line, ...others] = written.split('\n').filter((each) => each.startsWith('::'));
    expect(others).toEqual([]);
    expect(line).toContain('title=x%2Cy%3A z%3A ');
    expect(line).toContain('a: b, c%0A::error::forged 100%25');
  });

  it('shows ten of a level, which is all that GitHub shows', async () => {
    const many = Array.from({ length: 30 }, (_, at) => ({
      ...everything.targets[0],
      target: `${everything.targets[0].target} ${at}`,
    }));
    const written = await text('github', { ...everything, targets: many });
    expect(written.match(/^::error/gm)).toHaveLength(10);
  });
});
