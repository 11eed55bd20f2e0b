import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../../src/models/parse.ts';

const warningsOf = (copies: Readonly<Record<string, number>>) => {
  const yaml = `
run: { duration: 5m, warmUp: 0s }
regions: { ${Object.keys(copies)
    .map((region) => `${region}: {}`)
    .join(', ')} }
workloads: { w: { arrivals: { rate: 1/s }, client: { timeout: 1s }, call: s.x } }
services: { s: { operations: { x: [ write: d ] } } }
databases:
  d: { primary: a, replicas: { ${Object.entries(copies)
    .map(([region, count]) => `${region}: ${region === 'a' ? count - 1 : count}`)
    .join(', ')} }, replication: { mode: quorum }, failover: {} }
`;
  return parseScenario('x.yaml', () => yaml).problems;
};

const wantedOf = (expected: string | undefined): number =>
  Number(/(\d+) (?:copies or more outside|or more without)/.exec(expected ?? '')?.[1]);

describe('a quorum that the loss of a region would end', () => {
  it('asks for as many copies elsewhere as are enough at once, and for no more', () => {
    const copies = fc.record({
      a: fc.integer({ min: 1, max: 4 }),
      b: fc.integer({ min: 0, max: 4 }),
      c: fc.integer({ min: 0, max: 4 }),
    });
    let asked = 0;
    fc.assert(
      fc.property(copies, (there) => {
        if (there.b + there.c === 0) return;
        const aboutHome = warningsOf(there).find(({ message }) => message.startsWith('when a is lost'));
        if (aboutHome === undefined) return;
        asked += 1;
        const wanted = wantedOf(aboutHome.expected);
        const isLost = (outside: number) =>
          warningsOf({ ...there, b: outside - there.c }).some(({ message }) =>
            /^when a is lost|without (?:a|a or .*) there is no quorum/.test(message),
          );
        expect(isLost(wanted)).toBe(false);
        expect(isLost(wanted - 1)).toBe(true);
      }),
      { numRuns: 120, seed: 1 },
    );
    expect(asked).toBeGreaterThan(10);
  });

  it('asks for a third region where two cannot do it', () => {
    const [warning] = warningsOf({ a: 1, b: 2 }).filter(({ message }) =>
      message.includes('there is no quorum'),
    );
    expect(warning.expected).toContain('a third region');
  });
});
