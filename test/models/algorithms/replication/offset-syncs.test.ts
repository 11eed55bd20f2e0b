import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offsetSyncs } from '../../../../src/models/algorithms/replication/offset-syncs.ts';

/** Copies the records [0, count), each at its own offset plus `ahead`. */
const copiedTo = (count: number, maxLag = 100, ahead = 0) => {
  const syncs = offsetSyncs({ maxLag });
  for (let offset = 0; offset < count; offset += 1) syncs.copied(offset, offset + ahead);
  return syncs;
};

describe('offsets are translated', () => {
  test('not before anything was copied, nor for what was consumed before that', () => {
    expect(offsetSyncs({ maxLag: 100 }).translate(5)).toBe(-1);
    const syncs = offsetSyncs({ maxLag: 100 });
    syncs.copied(10, 0);
    expect(syncs.translate(9)).toBe(-1);
    expect(syncs.translate(10)).toBe(0);
  });

  test('by the pair noted last: one for each hundred records and one more', () => {
    // Noted are 0, 101, 202, 303: each where downstream − (last + 1) has come to 100.
    const syncs = copiedTo(400);
    expect(syncs.translate(399)).toBe(304);
    expect(syncs.translate(303)).toBe(303);
    syncs.promote();
    expect(syncs.translate(399)).toBe(399);
    expect(syncs.translate(400)).toBe(400);
  });

  test('one for one where each pair is noted, as in the diagram of the store: nearer to the end', () => {
    const syncs = copiedTo(65, 0);
    // Kept: the latest, and the first of each block of 2, 4, 8, … that the latest is in.
    expect(syncs.translate(64)).toBe(64);
    expect(syncs.translate(63)).toBe(1);
  });

  test('with a new pair after each gap upstream', () => {
    const syncs = copiedTo(50);
    syncs.copied(60, 50);
    expect(syncs.translate(60)).toBe(50);
    expect(syncs.translate(61)).toBe(51);
  });

  test('so that nothing is skipped, and no less far the further a group is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 0, max: 50 }),
        (steps, maxLag) => {
          const syncs = offsetSyncs({ maxLag });
          const upstream: number[] = [];
          let offset = -1;
          for (const [downstream, step] of steps.entries()) {
            offset += step;
            upstream.push(offset);
            syncs.copied(offset, downstream);
          }
          let before = -1;
          for (let group = 0; group <= offset + 1; group += 1) {
            const translated = syncs.translate(group);
            // The first record that the group has not processed.
            const first = upstream.findIndex((each) => each >= group);
            expect(translated).toBeLessThanOrEqual(first < 0 ? upstream.length : first);
            expect(translated).toBeGreaterThanOrEqual(before);
            before = translated;
          }
        },
      ),
    );
  });
});
