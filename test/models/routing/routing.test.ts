import { describe, expect, test } from 'vitest';
import { Assembly } from '../../../src/models/assemble.ts';
import { parseScenario } from '../../../src/models/parse.ts';

function sharesUnder(routing: string, regions = 'all'): number[] {
  const text = `
name: Routing
run: { duration: 2m, warmUp: 10s }
regions: { us-east: us-east-1, eu-west: eu-west-1, asia-pacific: ap-southeast-1 }
origins: { US: us-east-2, EU: eu-central-1, AP: ap-northeast-1 }
routing: ${routing}
workloads: { w: { arrivals: { rate: 200/s }, from: { US: 50%, EU: 30%, AP: 20% }, call: s.x } }
services: { s: { regions: ${regions}, operations: { x: [ work: 1ms ] } } }
`;
  const { scenario, problems } = parseScenario('routing.yaml', () => text);
  expect(problems).toEqual([]);
  const assembly = new Assembly((scenario as NonNullable<typeof scenario>).design, 1, 0);
  assembly.run();
  const readings = assembly.readings();
  return ['us-east', 'eu-west', 'asia-pacific'].map((region) => {
    const { num, den } = readings.get(`routing.in.${region}.share`) as { num: number; den: number };
    return num / den;
  });
}

/** Three standard deviations of a share of 200/s over 110 s. */
const within = (share: number) => 3 * Math.sqrt((share * (1 - share)) / 22_000);

function expectShares(actual: number[], expected: number[]): void {
  actual.forEach((share, at) => {
    expect(Math.abs(share - expected[at])).toBeLessThanOrEqual(within(expected[at]));
  });
}

describe('the global load balancer', () => {
  test('by latency sends each origin to the region of least round trip', () => {
    expectShares(sharesUnder('{ policy: latency }'), [0.5, 0.3, 0.2]);
  });

  test('by geography sends an origin where the map says, and the others to the default', () => {
    expectShares(sharesUnder('{ policy: geo, map: { AP: us-east }, default: eu-west }'), [0.2, 0.8, 0]);
  });

  test('by weight spreads every origin over the regions', () => {
    expectShares(
      sharesUnder('{ policy: weighted, weights: { us-east: 60%, eu-west: 30%, asia-pacific: 10% } }'),
      [0.6, 0.3, 0.1],
    );
  });

  test('sends nobody to a region where the service does not stand', () => {
    expectShares(sharesUnder('{ policy: latency }', '[us-east, eu-west]'), [0.7, 0.3, 0]);
  });
});
