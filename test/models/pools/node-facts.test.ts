import { describe, expect, it } from 'vitest';
import { coresOfSystem } from '../../../src/models/pools/allocatable.ts';
import { interruptionRate } from '../../../src/models/pools/interruption-rates.ts';
import { nodeType } from '../../../src/models/pools/node-types.ts';

describe('the catalogue of nodes', () => {
  it.each([
    ['m6i.large', 2, 8],
    ['m6i.xlarge', 4, 16],
    ['m7g.4xlarge', 16, 64],
    ['c6i.2xlarge', 8, 16],
    ['r6g.large', 2, 16],
    ['t3.medium', 2, 4],
    ['t3.xlarge', 4, 16],
    ['i3en.xlarge', 4, 32],
  ])('has %s with %i vCPUs and %i GiB', (name, cores, memory) => {
    expect(nodeType(name)).toEqual({ name, cores, memory });
  });

  it.each(['m6i', 'm6i.huge', 'z9.large', 'm6i.1000xlarge', 't3.24xlarge', 'large', ''])(
    'has no %j',
    (name) => {
      expect(nodeType(name)).toBeUndefined();
    },
  );
});

describe('what a node’s system keeps', () => {
  // kubeReserved cpu of amazon-eks-ami's bootstrap.sh for 1, 2, 4, 8, 16 and 96 cores.
  it.each([
    [1, 0.06],
    [2, 0.07],
    [4, 0.08],
    [8, 0.09],
    [16, 0.11],
    [96, 0.31],
  ])('is of %i cores %f', (cores, kept) => {
    expect(coresOfSystem(cores)).toBeCloseTo(kept, 12);
  });
});

describe('how often a spot node is interrupted', () => {
  it('is, in us-east-1, the mean rate over the bands of its types', () => {
    // Per month, by hand: 0.17 × 0.02532 + 0.20 × 0.07796 + 0.08 × 0.13353 + 0.10 × 0.19237 + 0.44 × 0.28768, over 0.99
    expect(interruptionRate('us-east-1') * 730 * 3600).toBeCloseTo(0.178179, 5);
  });

  it('is most in ap-southeast-1, and elsewhere between the known ones', () => {
    const known = ['us-east-1', 'eu-west-1', 'ap-southeast-1'].map(interruptionRate);
    expect(known[2]).toBe(Math.max(...known));
    expect(interruptionRate('sa-east-1')).toBeCloseTo((known[0] + known[1] + known[2]) / 3, 15);
    expect(interruptionRate(undefined)).toBe(interruptionRate('sa-east-1'));
  });
});
