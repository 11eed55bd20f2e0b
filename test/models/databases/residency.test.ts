import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';

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
