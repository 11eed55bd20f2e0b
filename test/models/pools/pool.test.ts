import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';
import { problemsOf, readingOf, runOf, scenarioOf } from '../harness.ts';

const yaml = (pool: string, service = '', rest = '') => `
name: test
run: { duration: 30m, warmUp: 3m }
regions: { here: us-east-1, there: eu-west-1 }
workloads: { a: { arrivals: { rate: 5/s }, call: desk.serve } }
services: { desk: { pool: web, cpu: { cores: 1 }, ${service} operations: { serve: [ { work: 10ms } ] } } }
pools: { web: { ${pool} } }
${rest}`;

describe('a pool whose scenario makes no sense', () => {
  it('names the nearest type of node', () => {
    const { problems } = parseScenario('test.yaml', () => yaml('node: m6i.xlage'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      message: 'no type of node is called "m6i.xlage"',
      hint: 'did you mean m6i.xlarge?',
      line: 7,
    });
  });

  it('says which instance is larger than a node once the system has its share', () => {
    expect(
      problemsOf(yaml('node: m6i.large', 'cpu: { cores: 2 },').replace('cpu: { cores: 1 }, ', '')),
    ).toEqual(['an instance of desk requests 2 cores, and a m6i.large has 1.93 for instances']);
    expect(
      problemsOf(yaml('node: m6i.large, system: 0', 'cpu: { cores: 2 },').replace('cpu: { cores: 1 }, ', '')),
    ).toEqual([]);
  });

  it('says which service stands where the pool has no nodes', () => {
    expect(problemsOf(yaml('regions: [here]'))).toEqual([
      'desk stands in there, where this pool has no nodes',
    ]);
    expect(problemsOf(yaml('regions: [here]', 'regions: [here],'))).toEqual([]);
  });

  it('refuses bounds that exclude each other', () => {
    expect(problemsOf(yaml('nodes: { min: 4, max: 3 }, size: 5'))).toEqual([
      'more nodes are kept than there may be',
      'the mix divides more nodes than there may be',
    ]);
  });

  it('refuses shares that do not add up and words that buy nothing', () => {
    expect(problemsOf(yaml('mix: { reserved: 30%, spot: 20% }'))).toHaveLength(1);
    expect(problemsOf(yaml('mix: { reserved: 30%, spots: 70% }'))).toHaveLength(1);
  });
});

describe('a pool in a run', () => {
  const mixed = 'node: m6i.xlarge, mix: { reserved: 30%, on-demand: 50%, spot: 20% }, interruptions: none';

  it('has in each region the nodes that its instances need, bought as the mix says', () => {
    // 30 instances, three to a node of 3.92 cores: ten nodes.
    const run = runOf(yaml(mixed, 'instances: 30,'));
    const nodes = ['nodes', 'reservedNodes', 'onDemandNodes', 'spotNodes'];
    expect(nodes.map((metric) => readingOf(run, `pools.web.in.here.${metric}`))).toEqual([10, 3, 5, 2]);
    expect(nodes.map((metric) => readingOf(run, `pools.web.${metric}`))).toEqual([20, 6, 10, 4]);
    expect(readingOf(run, 'pools.web.utilization')).toBeCloseTo(30 / 39.2, 12);
    expect(run.topology.find(({ id }) => id === 'pools.web')).toMatchObject({
      kind: 'pool',
      regions: { here: { count: 10, utilization: expect.closeTo(30 / 39.2, 12) }, there: { count: 10 } },
    });
  });

  it('shows whoever finds no room as pending for as long as it waits', () => {
    const run = runOf(yaml('node: m6i.xlarge, nodes: { max: 2 }', 'instances: 8,'));
    // Two nodes hold six of eight.
    expect(readingOf(run, 'pools.web.in.here.pending')).toBe(2);
    expect(readingOf(run, 'services.desk.in.here.instances')).toBe(6);
    const notes = run.timeline.occurrences.filter(({ component }) => component === 'pools.web');
    expect(notes.map(({ at, what }) => [at, what])).toEqual([
      [0, 'no room in here for another instance: 2 of at most 2 nodes'],
      [0, 'no room in there for another instance: 2 of at most 2 nodes'],
    ]);
  });

  it('interrupts spot nodes and no others, and notes each', () => {
    const often = mixed.replace('interruptions: none', 'interruptions: { rate: 6/h }');
    const run = runOf(yaml(often, 'instances: 30,'));
    const interruptions = run.readings().get('pools.web.interruptions')?.num ?? 0;
    // Four spot nodes at 6/h for 27 minutes: 10.8 expected, 99.9% of Poisson counts lie in 2 to 24.
    expect(interruptions).toBeGreaterThanOrEqual(2);
    expect(interruptions).toBeLessThanOrEqual(24);
    expect(readingOf(run, 'pools.web.reservedNodes')).toBe(6);
    const notes = run.timeline.occurrences.filter(({ what }) => what.includes('interrupted'));
    expect(notes.length).toBeGreaterThanOrEqual(interruptions);
    expect(notes[0].what).toMatch(
      /^a spot node in (here|there) is interrupted: \d instances? (has|have) two minutes$/,
    );
  });

  it('says what it assumes', () => {
    const { assumptions } = scenarioOf(yaml(mixed.replace('none', 'aws')));
    const values = Object.fromEntries(assumptions.map(({ about, value }) => [about, value]));
    expect(values).toMatchObject({
      'pools.web: start of a node': 'lognormal, mean 55 s, cv 0.1',
      'pools.web: cores of a node for instances': '3.92 of 4',
      'pools.web: interruptions of a spot node': 'here 2.1 /year, there 1.6 /year',
      'reserved nodes': 'for 1y, 37% off',
    });
  });
});
