import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { threefry2x32, type Words } from '../../../src/sim/random/threefry2x32.ts';

type Block = readonly [number, number];

/** The definition, round by round, for any number of rounds; words unsigned. */
function threefryByDefinition(rounds: number, counter: Block, key: Block): Block {
  const rotations = [13, 15, 26, 6, 17, 29, 16, 24];
  const keys = [key[0], key[1], (0x1bd11bda ^ key[0] ^ key[1]) >>> 0];
  const add = (a: number, b: number) => (a + b) % 2 ** 32;
  let x = add(counter[0], keys[0]);
  let y = add(counter[1], keys[1]);
  for (let round = 0; round < rounds; round++) {
    x = add(x, y);
    const by = 2 ** rotations[round % 8];
    y = (((y * by) % 2 ** 32) + Math.floor(y / (2 ** 32 / by))) % 2 ** 32;
    y = (x ^ y) >>> 0;
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      x = add(x, keys[injection % 3]);
      y = add(add(y, keys[(injection + 1) % 3]), injection);
    }
  }
  return [x, y];
}

function threefry(counter: Block, key: Block): Block {
  const out: Words = { high: 0, low: 0 };
  threefry2x32(key[0], key[1], counter[0], counter[1], out);
  return [out.high >>> 0, out.low >>> 0];
}

const zeros: Block = [0, 0];
const ones: Block = [0xffffffff, 0xffffffff];
const piCounter: Block = [0x243f6a88, 0x85a308d3];
const piKey: Block = [0x13198a2e, 0x03707344];

describe('threefry2x32', () => {
  // The known answers that Random123 publishes in examples/kat_vectors: rounds, counter, key, block.
  const knownAnswers: [number, Block, Block, Block][] = [
    [13, zeros, zeros, [0x9d1c5ec6, 0x8bd50731]],
    [13, ones, ones, [0xfd36d048, 0x2d17272c]],
    [13, piCounter, piKey, [0xba3e4725, 0xf27d669e]],
    [20, zeros, zeros, [0x6b200159, 0x99ba4efe]],
    [20, ones, ones, [0x1cb996fc, 0xbb002be7]],
    [20, piCounter, piKey, [0xc4923a9c, 0x483df7a0]],
    [32, zeros, zeros, [0xcee3d47e, 0xa23dfd5c]],
    [32, ones, ones, [0x6e2fe0d0, 0xb1b76f82]],
    [32, piCounter, piKey, [0xe2827716, 0xc3c05cdf]],
  ];

  it.each(knownAnswers.filter(([rounds]) => rounds === 13))(
    'gives the published answer for %d rounds of %o under %o',
    (_, counter, key, block) => expect(threefry(counter, key)).toEqual(block),
  );

  it('has a definition in this test that gives the published answers for 13, 20 and 32 rounds', () => {
    for (const [rounds, counter, key, block] of knownAnswers) {
      expect(threefryByDefinition(rounds, counter, key)).toEqual(block);
    }
  });

  it('equals the definition for any counter and key, signed or unsigned', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        expect(threefry([a, b], [c, d])).toEqual(threefryByDefinition(13, [a, b], [c, d]));
        expect(threefry([a | 0, b | 0], [c | 0, d | 0])).toEqual(threefry([a, b], [c, d]));
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});
