import { describe, expect, it } from 'vitest';
import { isOf, readShard } from '../../../src/study/shards/shard.ts';

describe('which shard this is', () => {
  it.each([
    ['2/5', {}, { number: 2, of: 5 }],
    ['1/1', {}, { number: 1, of: 1 }],
    ['auto/5', { JOB_COMPLETION_INDEX: '0' }, { number: 1, of: 5 }],
    ['auto/5', { JOB_COMPLETION_INDEX: '4' }, { number: 5, of: 5 }],
    [
      'auto',
      { SLURM_ARRAY_TASK_ID: '0', SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_COUNT: '3' },
      { number: 1, of: 3 },
    ],
    [
      'auto',
      { SLURM_ARRAY_TASK_ID: '7', SLURM_ARRAY_TASK_MIN: '5', SLURM_ARRAY_TASK_COUNT: '3' },
      { number: 3, of: 3 },
    ],
    // --array=1-7:2
    [
      'auto',
      {
        SLURM_ARRAY_TASK_ID: '5',
        SLURM_ARRAY_TASK_MIN: '1',
        SLURM_ARRAY_TASK_STEP: '2',
        SLURM_ARRAY_TASK_COUNT: '4',
      },
      { number: 3, of: 4 },
    ],
    ['auto', { AWS_BATCH_JOB_ARRAY_INDEX: '9', AWS_BATCH_JOB_ARRAY_SIZE: '10' }, { number: 10, of: 10 }],
    ['2/5', { JOB_COMPLETION_INDEX: '0' }, { number: 2, of: 5 }],
  ])('%s with %j', (text, environment, shard) => {
    expect(readShard(text, environment)).toEqual(shard);
  });

  it.each([
    ['0/5', {}, 'shard 0 of 5, which there is not'],
    ['6/5', {}, 'shard 6 of 5, which there is not'],
    ['1/0', {}, 'which there is not'],
    ['half', {}, '--shard half is no shard'],
    ['1.5/2', {}, 'is no shard'],
    ['auto', {}, 'no scheduler has set its index variable'],
    [
      'auto',
      { JOB_COMPLETION_INDEX: '1' },
      'JOB_COMPLETION_INDEX says which shard this is, but not of how many',
    ],
    ['auto/2', { JOB_COMPLETION_INDEX: '2' }, 'shard 3 of 2'],
    ['auto/2', { AWS_BATCH_JOB_ARRAY_INDEX: '0', AWS_BATCH_JOB_ARRAY_SIZE: '3' }, 'is one of 3'],
    ['auto/2', { JOB_COMPLETION_INDEX: 'one' }, 'which there is not'],
    // --array=1,2,9: their places in the row cannot be told.
    [
      'auto',
      { SLURM_ARRAY_TASK_ID: '9', SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_COUNT: '3' },
      'SLURM_ARRAY_TASK_ID gives shard 9 of 3',
    ],
  ])('none: %s with %j', (text, environment, problem) => {
    expect(readShard(text, environment)).toMatchObject({ problem: expect.stringContaining(problem) });
  });

  it('each item belongs to one shard', () => {
    const shards = [1, 2, 3].map((number) => ({ number, of: 3 }));
    for (let at = 0; at < 20; at += 1) expect(shards.filter((shard) => isOf(shard, at))).toHaveLength(1);
  });
});
