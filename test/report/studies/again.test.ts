import { describe, expect, it } from 'vitest';
import { againWords } from '../../../src/report/sweep/reading.js';
import type { Sweep } from '../../../src/result/sweep.js';

describe('the command that gives a sweep again', () => {
  const sweep = {
    scenario: { file: 'shop.yaml' },
    variables: [{ path: 'services.desk.threads', values: [1, 2] }],
    where: [],
    runs: 2,
    seed: 1,
  } as unknown as Sweep;

  it('asks for as many runs of undecided points', () => {
    expect(againWords({ ...sweep, maxRuns: 6 })).toContain('--max-runs 6');
  });

  it('does not speak of them where there are no more', () => {
    expect(againWords({ ...sweep, maxRuns: 2 }).join(' ')).not.toContain('--max-runs');
  });
});
