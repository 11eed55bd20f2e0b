import { expect, test } from 'vitest';
import { parseScenario } from '../../src/models/parse.ts';

test('a pool, cache or origin that nobody names is a warning at its name, and the scenario stands', () => {
  const yaml = `
name: test
origins: { US: us-east-2, EU: eu-west-1 }
keys: { item: { count: 10 }, other: { count: 10 } }
workloads: { w: { arrivals: { rate: 1/s }, from: { US: 100% }, keys: [item], call: web.ask } }
services: { web: { pool: nodes, operations: { ask: [ get: { from: shown, miss: [ wait: 1ms ] } ] } } }
caches: { shown: { key: item, entries: 5 }, hidden: { key: item, entries: 5 } }
pools: { nodes: { node: m6i.large }, forgotten: { node: m6i.large } }
`;
  const { scenario, problems } = parseScenario('test.yaml', () => yaml);
  expect(scenario).toBeDefined();
  expect(problems.map(({ severity, line, message }) => [severity, line, message])).toEqual([
    ['warning', 3, 'nothing uses the origin "EU"'],
    ['warning', 8, 'nothing uses the pool "forgotten"'],
    ['warning', 7, 'nothing uses the cache "hidden"'],
  ]);
});
