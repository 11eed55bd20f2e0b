import { describe, expect, test } from 'vitest';
import { headroom } from './headroom.ts';

const scenario = (sections: string) => `name: Wrong\n${sections}`;
const services = 'services: { desk: { threads: 1, operations: { serve: [work: { exponential: 10ms }] } } }';
const load = 'workloads: { w: { arrivals: { rate: 80/s }, call: desk.serve } }';

/** Each with what its message must hold: where, what, and what would be right. */
const mistakes: [string, string, string[]][] = [
  [
    'an unknown key',
    `${load}\nservices: { desk: { thread: 1, operations: { serve: [work: 1ms] } } }`,
    ['3:21', 'unknown key "thread"', 'did you mean "threads"?'],
  ],
  [
    'a number without unit',
    `${load}\nservices: { desk: { operations: { serve: [work: 10] } } }`,
    ['3:49', '10 has no unit', 'write 10ms, 10s or 10m'],
  ],
  [
    'a wrong unit',
    `${load}\nservices: { desk: { operations: { serve: [work: 10GiB] } } }`,
    ['3:49', 'duration'],
  ],
  [
    'a missing reference',
    `workloads: { w: { arrivals: { rate: 1/s }, call: desk.srve } }\n${services}`,
    ['2:50', 'no operation "desk.srve"', 'did you mean "desk.serve"?'],
  ],
  [
    'two verbs in a step',
    `${load}\nservices: { desk: { operations: { serve: [{ work: 1ms, call: desk.serve }] } } }`,
    ['3:56', 'two verbs in a step'],
  ],
  [
    'a dotted name',
    `${load}\nservices: { de.sk: { operations: { serve: [work: 1ms] } } }`,
    ['3:13', 'a name cannot have a dot'],
  ],
  [
    'shares that do not add up',
    `origins: { US: us-east-1 }\nworkloads: { w: { arrivals: { rate: 1/s }, from: { US: 90% }, call: desk.serve } }\n${services}`,
    ['3:44', 'the shares add up to 90%', 'expected 100%'],
  ],
  [
    'a bare 60 for a ratio',
    `workloads: { w: { arrivals: { rate: 1/s }, client: { retries: { budget: 60 } }, call: desk.serve } }\n${services}`,
    ['2:73', 'write 60% or 0.6'],
  ],
  [
    'a negative rate',
    `workloads: { w: { arrivals: { rate: -1/s }, call: desk.serve } }\n${services}`,
    ['2:37', '-1/s is negative'],
  ],
  [
    'a target nobody measures',
    `${load}\n${services}\ntargets: [ workloads.w.latancy.p95 < 1s ]`,
    ['4:12', 'did you mean workloads.w.latency.p95?'],
  ],
  ['no load', services, ['the scenario has no load']],
  [
    'a warm-up as long as the run',
    `run: { duration: 1m, warmUp: 1m }\n${load}\n${services}`,
    ['2:30', 'leaves nothing to measure'],
  ],
];

describe('a mistake in a scenario gets its place, what was expected and the nearest word:', () => {
  test.each(mistakes)('%s', (_name, sections, expected) => {
    const { code, stdout, stderr } = headroom(['run', '-'], scenario(sections));
    expect(code).toBe(2);
    expect(stdout).toBe('');
    for (const part of expected) expect(stderr).toContain(part);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('what is not a scenario is said so, with exit code 2 and no stack:', () => {
  const bomb = `name: b\na: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefg'[at]}`).join(',')}]`).join('\n')}\n`;
  test.each([
    ['an empty file', ['run', '-'], '', 'empty'],
    ['a directory', ['run', 'scenarios'], '', 'is a directory'],
    ['a missing file', ['run', 'nowhere.yaml'], '', 'no file nowhere.yaml'],
    ['an alias bomb', ['validate', '-'], bomb, 'alias'],
    ['broken YAML', ['run', '-'], 'name: [', 'stdin:1'],
    ['extends in a circle', ['run', 'test/cli/circle-a.yaml'], '', 'circle-a.yaml'],
    ['an unknown option', ['run', '--fast'], '', "unknown option '--fast'"],
    ['an unknown command', ['rum'], '', 'Did you mean run?'],
    ['a file too few', ['run'], '', "missing required argument 'file'"],
    ['half a run', ['run', '-', '--runs', '0.5'], '', 'whole number'],
    [
      'a --set of a misspelt name',
      ['run', 'scenarios/01-one-queue.yaml', '--set', 'workloads.customer.arrivals.rate=3/s'],
      '',
      'did you mean "workloads.customers"?',
    ],
    ['a --set without value', ['run', 'scenarios/01-one-queue.yaml', '--set', 'x'], '', '--set'],
  ] as [string, string[], string, string][])('%s', (_name, args, stdin, expected) => {
    const { code, stdout, stderr } = headroom(args, stdin);
    expect(stderr).toContain(expected);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('all mistakes of a file at once', () => {
    const { stderr } = headroom(
      ['validate', '-'],
      'name: x\nrun: { duraton: 1h, seed: -1 }\nservices: { a: { thread: 1 } }\n',
    );
    expect(stderr).toContain('duraton');
    expect(stderr).toContain('-1 is negative');
    expect(stderr).toContain('thread');
    expect(stderr).toMatch(/\d+ errors/);
  });
});

describe('what is wrong in one part hides nothing of another:', () => {
  const validate = (text: string) => headroom(['validate', '-'], text).stderr;

  test('a wrong key leaves references and the form of targets to be checked', () => {
    const stderr = validate(`
run: { duraton: 1h }
workloads: { a: { arrivals: { rate: 1/s }, call: desk.missing } }
services: { desk: { thread: 1, operations: { serve: [work: 1ms] } }, back: { pool: web, operations: { x: [call: nowhere.y] } } }
targets: [ workloads.a.latency.p95 is 100ms ]
`);
    for (const part of ['duraton', 'desk.missing', '"thread"', '"web"', 'nowhere.y', 'is not a target']) {
      expect(stderr).toContain(part);
    }
    expect(stderr).toContain('6 errors');
  });

  test('a missing reference leaves the metrics of targets to be checked', () => {
    const stderr = validate(`
workloads: { a: { arrivals: { rate: 1/s }, call: desk.missing } }
services: { desk: { operations: { serve: [work: 1ms] } } }
targets: [ workloads.a.latncy.p95 < 100ms ]
`);
    expect(stderr).toContain('desk.missing');
    expect(stderr).toContain('did you mean workloads.a.latency.p95?');
  });
});
