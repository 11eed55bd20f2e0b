import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/models/parse.ts';

const scenario = (residency: string, database: string, step = 'write: main') => `name: bound
regions: { a: us-east-1, b: eu-west-1, c: ap-southeast-1 }
keys: { account: { count: 10 } }
workloads: { w: { arrivals: { rate: 1/s }, keys: [account], residency: ${residency}, call: app.go } }
services: { app: { operations: { go: [ call: inner.go ] } }, inner: { operations: { go: [ ${step} ] } } }
databases:
  main: ${database}
`;

const warningsOf = (yaml: string) =>
  parseScenario('test.yaml', () => yaml).problems.map(({ line, severity, message }) => ({
    line,
    severity,
    message,
  }));

describe('data that may not go to a region', () => {
  it.each([
    ['a replica', '{ forbid: [c] }', '{ primary: a, replicas: { b: 1, c: 1 } }', 'c'],
    ['the primary', '{ forbid: [a] }', '{ primary: a, replicas: { b: 1 } }', 'a'],
    ['the primary in the region that goes without saying', '{ allow: [b] }', '{ replicas: { b: 1 } }', 'a'],
    ['several copies', '{ allow: [b] }', '{ primary: a, replicas: { b: 1, c: 1 } }', 'a or c'],
  ])('gets a warning where %s of what it writes stands there', (_title, residency, database, regions) => {
    const [warning, ...others] = warningsOf(scenario(residency, database));
    expect(others).toEqual([]);
    expect(warning.message).toContain(`what w writes may not go to ${regions}, and copies of it stand there`);
    expect({ ...warning, message: '' }).toEqual({ line: 7, severity: 'warning', message: '' });
  });

  it.each([
    [
      'all copies stand where it may go',
      '{ forbid: [c] }',
      '{ primary: a, replicas: { b: 1 } }',
      'write: main',
    ],
    ['it only reads there', '{ forbid: [c] }', '{ primary: a, replicas: { b: 1, c: 1 } }', 'read: main'],
  ])('gets none where %s', (_title, residency, database, step) => {
    expect(warningsOf(scenario(residency, database, step))).toEqual([]);
  });
});

describe('data of other sorts that may not go to a region', () => {
  const bound = (step: string, parts: string) => `name: bound
regions: { a: us-east-1, b: eu-west-1 }
keys: { account: { count: 10 } }
workloads: { w: { arrivals: { rate: 1/s }, keys: [account], residency: { forbid: [b] }, call: app.go } }
services: { app: { operations: { go: [ ${step} ] } } }
${parts}
`;
  const strays = (yaml: string) => warningsOf(yaml).filter(({ message }) => message.includes('residency'));
  const mirrored = (mirror: string, topic = '') =>
    `clusters: { c: { brokers: 3${mirror} } }\ntopics: { t: { cluster: c, partitions: 2${topic} } }`;
  const cache = 'caches: { k: { key: account, entries: 100 } }';

  it.each([
    ['records that are mirrored there', 'publish: t', mirrored(', mirror: all'), 7],
    ['records of a cluster that stands there alone', 'publish: t', mirrored(', regions: [b]'), 7],
    ['entries that are written everywhere', 'put: { to: k, everywhere: true }', cache, 6],
  ])('gets a warning: %s', (_title, step, parts, line) => {
    expect(strays(bound(step, parts))).toMatchObject([
      { line, severity: 'warning', message: expect.stringContaining('what w writes may not go to b') },
    ]);
  });

  it.each([
    ['records of a topic that is not mirrored', 'publish: t', mirrored(', mirror: all', ', mirrored: false')],
    ['records that stay where they are published', 'publish: t', mirrored('')],
    ['entries that are written where the caller is', 'put: k', cache],
  ])('gets none: %s', (_title, step, parts) => {
    expect(strays(bound(step, parts))).toEqual([]);
  });
});
