import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';

const scenario = (
  database: string,
  parts: { steps?: string; keys?: string; carries?: string; more?: string } = {},
) => `name: checks
keys: { ${parts.keys ?? 'account: { count: 10 }, item: { count: 10 }'} }
workloads: { all: { arrivals: { rate: 1/s }, keys: [${parts.carries ?? 'account'}], call: app.go } }
services: { app: { operations: { go: [ ${parts.steps ?? 'write: main'} ] } } ${parts.more ?? ''} }
databases:
  main: ${database}
`;

function problemsIn(yaml: string) {
  return parseScenario('test.yaml', () => yaml).problems.map(({ line, message, severity }) => ({
    line,
    message,
    severity,
  }));
}

const errorIn = (yaml: string) => {
  const problems = problemsIn(yaml);
  expect(problems.map(({ severity }) => severity)).toEqual(['error']);
  return problems[0].message;
};

describe('a database is refused', () => {
  it.each([
    [
      'with many shards and no key',
      '{ shards: 4 }',
      {},
      '4 shards, but nothing says which key goes to which',
    ],
    [
      'with a function that does not exist',
      '{ shardBy: { key: account, function: md5 } }',
      {},
      'found "md5"',
    ],
    [
      'with an option that its function does not read',
      '{ shards: 2, shardBy: { key: account, function: jump, weights: [1, 2] } }',
      {},
      'unknown key',
    ],
    [
      'with too few names for its ring',
      '{ shards: 3, shardBy: { key: account, function: ring, names: [a, b] } }',
      {},
      '3 shards, but 2 names',
    ],
    [
      'with more ranges than keys',
      '{ shards: 20, shardBy: { key: account, function: range } }',
      {},
      '20 ranges need 20 different keys',
    ],
    [
      'with words where integers are hashed',
      '{ shards: 4, shardBy: { key: account, function: vitess } }',
      {},
      'vitess cannot place the key',
    ],
    [
      'with a class of unknown size',
      '{ class: db.serverless }',
      {},
      'how many cores a db.serverless has is not known',
    ],
    [
      'with reads from replicas that it has not',
      '{ readFrom: replica }',
      {},
      'reads go to replicas, but there are none',
    ],
    [
      'with a step that reads from replicas that it has not',
      '{}',
      { steps: 'read: { from: main, consistency: replica }' },
      'reads go to replicas, but there are none',
    ],
    [
      'with a mode of replication and no replica to wait for',
      '{ replication: { mode: sync } }',
      {},
      'writes wait for replicas (sync), but there are none',
    ],
    [
      'with a write that waits for more replicas than there are',
      '{ replicas: { region: 1 } }',
      { steps: 'write: { to: main, waitFor: { replicas: 2 } }' },
      'a write waits for 2 replicas, and there is 1',
    ],
    [
      'with a write that waits for no replica',
      '{ replicas: { region: 1 } }',
      { steps: 'write: { to: main, waitFor: { replicas: 0 } }' },
      '0 is below',
    ],
    [
      'with a write that would go on after a deadline that it has not',
      '{ replicas: { region: 1 } }',
      { steps: 'write: { to: main, waitFor: { replicas: 1, else: go-on } }' },
      'a write is to go on when its deadline has passed, and has none',
    ],
    ['with a region that does not exist', '{ replicas: { mars: 1 } }', {}, 'mars'],
    ['with a share of a replica', '{ replicas: { region: 0.5 } }', {}, '0.5 is not a whole number'],
  ])('%s', (_, database, parts, message) => {
    const problems = problemsIn(scenario(database, parts));
    expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
    expect(problems.every(({ severity }) => severity === 'error')).toBe(true);
  });

  it('where a caller does not carry the key that it is sharded by', () => {
    const yaml = scenario('{ shards: 4, shardBy: { key: item, function: java-hash } }');
    expect(errorIn(yaml)).toBe(
      'the write in app.go needs item, which operations of workloads.all do not carry',
    );
    expect(problemsIn(yaml)[0].line).toBe(6);
  });

  it('where the key does not come through another service', () => {
    const more = ', front: { operations: { ask: [ call: app.go ] } }';
    const yaml = scenario('{ shards: 4, shardBy: { key: item, function: java-hash } }', { more }).replace(
      'call: app.go } }\nservices',
      'call: front.ask } }\nservices',
    );
    expect(errorIn(yaml)).toBe(
      'the write in app.go needs item, which operations of workloads.all do not carry',
    );
  });

  it('where a step names a row by a key that is not carried, once for all steps alike', () => {
    const steps =
      '{ read: { from: main, row: item } }, { repeat: { times: 2, do: [ read: { from: main, row: item } ] } }';
    expect(errorIn(scenario('{}', { steps }))).toBe(
      'the read in app.go needs item, which operations of workloads.all do not carry',
    );
  });
});

describe('a database is taken', () => {
  it.each([
    [
      'where a scan needs no key',
      '{ shards: 4, shardBy: { key: item, function: java-hash } }',
      { steps: 'scan: main' },
    ],
    [
      'where a step brings a key of its own',
      '{ shards: 4, shardBy: { key: item, function: java-hash } }',
      { steps: 'read: { from: main, key: account }' },
    ],
    [
      'with weights for its ring',
      '{ shards: 2, shardBy: { key: account, function: ring, weights: [1, 2] } }',
      {},
    ],
    [
      'with boundaries for its ranges',
      '{ shards: 3, shardBy: { key: account, function: range, boundaries: [g, p] } }',
      {},
    ],
    ['with cores beside a class of unknown size', '{ class: db.serverless, cpu: 4 }', {}],
  ])('%s', (_, database, parts) => {
    expect(problemsIn(scenario(database, parts))).toEqual([]);
  });

  it('with a warning, where some of its keys have no shard', () => {
    const keys = 'account: { count: 1, format: acct-1843798622 }';
    const [problem] = problemsIn(
      scenario('{ shards: 10, shardBy: { key: account, function: java-hash } }', { keys }),
    );
    expect(problem).toMatchObject({
      severity: 'warning',
      message: '1 of 1 values of account have no shard: acct-1843798622 goes to -8',
    });
  });
});

describe('what a scenario leaves open', () => {
  const assumed = (database: string, steps: string) => {
    const { scenario: parsed } = parseScenario('test.yaml', () => scenario(database, { steps }));
    return parsed?.assumptions
      .filter(({ about }) => about.startsWith('databases.'))
      .map(({ about }) => about.split(': ')[1]);
  };

  it('is said, with its source, for what is used only', () => {
    expect(assumed('{}', 'read: main')).toEqual([
      'core time of a read',
      'nodes',
      'connections that a node takes',
      'size of a row',
      'storage of a node',
    ]);
    expect(assumed('{ replicas: { region: 1 } }', 'write: main')).toContain(
      'time to apply a write on a replica',
    );
    expect(assumed('{}', 'write: main')).not.toContain('time to apply a write on a replica');
  });

  it('is nothing where all is given', () => {
    const all =
      '{ cpu: 4, read: 1ms, write: 1ms, scan: 5ms, commit: 1ms, rowSize: 1KiB, maxConnections: 50, storage: 1TB }';
    expect(assumed(all, '{ read: main }, { write: main }, { scan: main }')).toEqual([]);
  });
});
