import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/models/parse.ts';
import { problemsOf } from './harness.ts';

const withStep = (step: string) => `
name: one step
run: { duration: 10s }
workloads: { w: { arrivals: { rate: 1/s }, call: a.x } }
services: { a: { operations: { x: [ ${step} ] } } }
`;

describe('a scenario is refused, and nothing throws, where', () => {
  test.each([
    ['repeat: { times: 20000, do: [ wait: 1us ] }', /more than 16383 times/],
    ['repeat: { times: { exponential: 2000 }, do: [ wait: 1us ] }', /more than 16383 times/],
    ['repeat: { times: { pareto: { mean: 10, shape: 1.5 } }, do: [ wait: 1us ] }', /more than 16383 times/],
    ['work: { uniform: { min: 5ms, max: 1ms } }', /uniform: .*below the least/],
    ['work: { empirical: { quantiles: [[0, 1ms], [0.7, 3ms], [0.5, 4ms], [1, 9ms]] } }', /shares must rise/],
    ['work: { empirical: { quantiles: [[0.1, 1ms], [1, 9ms]] } }', /empirical: the first quantile/],
    ['choose: [ { share: 70%, do: [] }, { share: 40%, do: [] } ]', /more than 100%/],
  ])('a step is %s', (step, message) => {
    expect(problemsOf(withStep(step)).join('\n')).toMatch(message);
  });

  test.each(['{}', '[]', '{ region: { instances: 0 } }'])('a service stands nowhere: %s', (regions) => {
    const yaml = withStep('wait: 1ms').replace('a: {', `a: { regions: ${regions},`);
    expect(problemsOf(`${yaml}\nregions: { region: {} }`)).toHaveLength(1);
  });

  test('a client tries more often than attempts can be numbered', () => {
    const yaml = withStep('wait: 1ms').replace('call: a.x', 'client: { retries: { max: 64 } }, call: a.x');
    expect(problemsOf(yaml)).toHaveLength(1);
    expect(problemsOf(yaml.replace('max: 64', 'max: 63'))).toEqual([]);
  });

  test('a list runs side by side in more branches than can be numbered', () => {
    const branches = (count: number) => `parallel: [ ${Array(count).fill('[]').join(', ')} ]`;
    expect(problemsOf(withStep(branches(4097)))).toHaveLength(1);
    expect(problemsOf(withStep(branches(4096)))).toEqual([]);
  });
});

describe('a place', () => {
  const placed = (network: string) => `
name: places
run: { duration: 10s }
regions: { a: us-east-1, b: us-esat-2 }
network: { ${network} }
workloads: { w: { arrivals: { rate: 1/s }, call: s.x } }
services: { s: { operations: { x: [ wait: 1ms ] } } }
`;

  test('of an unknown location is refused, since it would be no distance away', () => {
    expect(problemsOf(placed(''))).toEqual(['no round trips are known from "us-esat-2"']);
  });

  test('of an unknown location may be linked to every other place, or all delays left out', () => {
    expect(problemsOf(placed('links: [ { between: [a, b], roundTrip: 20ms } ]'))).toEqual([]);
    expect(problemsOf(placed('preset: none'))).toEqual([]);
  });
});

describe('what can never be is refused where it stands, with what was meant perhaps', () => {
  const designed = (parts: { targets?: string; faults?: string; cache?: string; miss?: string }) => `
name: what can never be
run: { duration: 10s }
keys: { id: { count: 10 } }
workloads: { w: { arrivals: { rate: 1/s }, keys: [id], client: { timeout: 1s }, call: a.x } }
services: { a: { instances: 2, operations: { x: [ get: { from: c${parts.miss ?? ', miss: [ wait: 1ms ]'} } ] } } }
caches: { c: { key: id, entries: 10${parts.cache ?? ''} } }
faults: { ${parts.faults ?? ''} }
targets: [ ${parts.targets ?? ''} ]
`;
  const firstOf = (yaml: string) => {
    const [problem] = parseScenario('test.yaml', () => yaml).problems.filter(
      ({ severity }) => severity === 'error',
    );
    return problem === undefined
      ? undefined
      : [problem.line, problem.message, problem.hint ?? problem.expected];
  };

  test('nothing of the rest', () => {
    expect(firstOf(designed({}))).toBeUndefined();
    expect(
      firstOf(designed({ targets: 'caches.c.hitRatio >= 100%', cache: ', class: cache.r7g.large' })),
    ).toBeUndefined();
  });

  test.each([
    [
      { targets: 'caches.c.hitRatio > 120%' },
      9,
      'caches.c.hitRatio is never above 100%',
      'a limit of 100% or less, such as caches.c.hitRatio > 95%',
    ],
    [
      { targets: 'cost < $2k' },
      9,
      'no metric is called cost',
      'did you mean cost.month, cost.hour, cost.perMillion?',
    ],
    [
      { faults: 'f: { fault: instance-crash, service: a, count: 3, at: 1s }' },
      8,
      'a has 2 instances',
      'at most 2, or share: 100%',
    ],
    [{ cache: ', class: cache.nope' }, 7, 'cache.nope is no class of a cache node', 'cache.r7g.large'],
    [{ cache: ', class: r7g.large' }, 7, 'r7g.large is no class of a cache node', 'cache.r7g.large'],
    [
      { miss: '' },
      7,
      'a.x looks up what nobody ever puts into the cache',
      'get: { from: c, miss: [ read: … ] }',
    ],
  ])('%o', (parts, line, message, hint) => {
    expect(firstOf(designed(parts))).toEqual([line, message, hint]);
  });
});
