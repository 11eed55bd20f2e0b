import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { batchSize, jobId } from '../../../src/study/queue/batch.ts';
import { UnusableQueue } from '../../../src/study/queue/errors.ts';
import { checkUrl, openRedis, shownUrl } from '../../../src/study/queue/redis.ts';

describe('batches', () => {
  it('take a second or more, as far as one knows', () => {
    for (const each of [0.001, 0.004, 0.03, 0.2, 0.9, 3, 100]) {
      const size = batchSize(each);
      expect(size * each).toBeGreaterThanOrEqual(each < 0.003 ? 0.5 : 1);
      // No longer than it must be: the last one is waited for.
      expect((size - 1) * each).toBeLessThanOrEqual(1.5);
    }
    expect(batchSize(undefined)).toBe(1);
    expect(batchSize(0)).toBeLessThanOrEqual(500);
  });

  it('have an id that BullMQ takes, the same for the same units', () => {
    expect(jobId(['a', 'b'])).toBe(jobId(['a', 'b']));
    expect(new Set([jobId(['a', 'b']), jobId(['ab']), jobId(['b', 'a'])]).size).toBe(3);
    expect(jobId(['a'])).toMatch(/^b[0-9a-f]{40}$/);
  });
});

describe('the address of a Redis', () => {
  it('is printed without its password', () => {
    expect(shownUrl('rediss://me:secret@cache.example:6380/2')).toBe('rediss://cache.example:6380/2');
    expect(shownUrl('redis://127.0.0.1:6379')).toBe('redis://127.0.0.1:6379');
  });

  it.each(['127.0.0.1:6379', 'http://127.0.0.1', 'nonsense', ''])('is not %j', (url) => {
    expect(() => checkUrl(url)).toThrow(UnusableQueue);
  });

  it('must answer: a server that takes calls and says nothing is not waited for', async () => {
    const mute = createServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as { port: number };
    await expect(openRedis(`redis://127.0.0.1:${port}`, 300)).rejects.toThrow('no answer within 0.3 s');
    mute.close();
  });

  it('must answer', async () => {
    await expect(openRedis('redis://127.0.0.1:1')).rejects.toThrow(
      /127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED/,
    );
  });
});
