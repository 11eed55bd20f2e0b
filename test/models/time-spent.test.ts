import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeSpent } from '../../src/models/time-spent.ts';

const segments = 100;
const credits = fc.array(
  fc.tuple(fc.integer({ min: 0, max: segments - 1 }), fc.integer({ min: -5, max: 1e12 })),
);

test('time spent is what a plain list of sums says, also after it was emptied and added up', () => {
  fc.assert(
    fc.property(credits, credits, credits, (former, own, others) => {
      const spent = new TimeSpent(segments);
      for (const [segment, ticks] of former) spent.add(segment, ticks);
      spent.clear();
      const other = new TimeSpent(segments);
      const plain = new Array<number>(segments).fill(0);
      for (const [segment, ticks] of own) {
        spent.add(segment, ticks);
        plain[segment] += ticks;
      }
      for (const [segment, ticks] of others) {
        other.add(segment, ticks);
        plain[segment] += ticks;
      }
      spent.addAll(other);
      const sums = new Float64Array(segments);
      expect(spent.addTo(sums)).toBe(plain.reduce((sum, each) => sum + each, 0));
      expect(spent.total).toBe(spent.addTo(new Float64Array(segments)));
      expect(Array.from(sums)).toEqual(plain);
      expect(plain.map((_, segment) => spent.of(segment))).toEqual(plain);
    }),
    { seed: 1 },
  );
});
