import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';

const messages = (services: string) =>
  parseScenario(
    'services.yaml',
    () => `name: Services\nworkloads: { w: { arrivals: { rate: 1/s }, call: a.x } }\nservices: ${services}\n`,
  ).problems.map(({ message, line }) => `${line}: ${message}`);

describe('a service is refused', () => {
  test('when its operation calls itself', () => {
    expect(messages('{ a: { operations: { x: [ call: a.x ] } } }')).toEqual([
      '3: an operation that calls itself never ends: a.x → a.x',
    ]);
  });

  test('when its operation comes back to itself through others, also inside parallel branches', () => {
    const circle =
      '{ a: { operations: { x: [ call: b.y ] } }, b: { operations: { y: [ parallel: [ [ work: 1ms ], [ call: a.x ] ] ] } } }';
    expect(messages(circle)).toEqual([
      '3: an operation that calls itself never ends: a.x → b.y → a.x',
      '3: an operation that calls itself never ends: b.y → a.x → b.y',
    ]);
  });

  test('when it bounds a queue for threads without bound', () => {
    expect(messages('{ a: { queue: 3, operations: { x: [ work: 1ms ] } } }')).toEqual([
      '3: nobody waits for a thread where threads have no bound',
    ]);
  });

  test('not when two operations call the same third', () => {
    expect(
      messages(
        '{ a: { operations: { x: [ { call: a.z }, { call: b.y } ], z: [ work: 1ms ] } }, b: { operations: { y: [ call: a.z ] } } }',
      ),
    ).toEqual([]);
  });
});
