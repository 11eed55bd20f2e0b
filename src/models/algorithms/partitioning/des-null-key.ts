/**
 * DES with the all-zero key, which Vitess uses as a hash that can be undone.
 *
 * Rule: initial permutation, sixteen Feistel rounds R' = L xor P(S(E(R))), halves swapped, final permutation.
 * All round keys of the zero key are zero, so there is no key schedule.
 * Source: FIPS 46-3. Differs: nothing; node:crypto has no `des-ecb` since Node 17, and its `des-ede3`, which
 * equals it when all three keys are zero, takes twice as long.
 * Cost: 128 table look-ups a block.
 */
import type { Word64 } from './word64.ts';

/** One hexadecimal digit an entry: four rows of sixteen columns a box. */
const SUBSTITUTIONS = [
  'e4d12fb83a6c59070f74e2d1a6cb953841e8d62bfc973a50fc8249175b3ea06d',
  'f18e6b34972dc05a3d47f28ec01a69b50e7ba4d158c6932fd8a13f42b67c05e9',
  'a09e63f51dc7b428d709346a285ecbf1d6498f30b12c5ae71ad069874fe3b52c',
  '7de3069a1285bc4fd8b56f03472c1ae9a690cb7df13e52843f06a1d8945bc72e',
  '2c417ab6853fd0e9eb2c47d150fa3986421bad78f9c5630eb8c71e2d6f09a453',
  'c1af92680d34e75baf427c9561de0b389ef528c3704a1db6432c95fabe17608d',
  '4b2ef08d3c975a61d0b7491ae35c2f8614bdc37eaf6805926bd814a7950fe23c',
  'd2846fb1a93e50c71fd8a374c56b0e927b419ce206adf35821e74a8dfc90356b',
];
/** Output bit i (1 is the most significant) of a round is bit PERMUTATION[i] of the boxes' output. */
const PERMUTATION = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22,
  11, 4, 25,
];
/** What each box adds to a round's output for each of its 64 inputs: box · 64 + input. */
const ROUND_TABLE = Int32Array.from({ length: 512 }, (_, entry) => {
  const box = entry >> 6;
  const row = ((entry >> 4) & 2) | (entry & 1);
  const column = (entry >> 1) & 15;
  const boxOutput = Number.parseInt(SUBSTITUTIONS[box][row * 16 + column], 16) << (28 - 4 * box);
  return PERMUTATION.reduce(
    (output, source, bit) => output | (((boxOutput >>> (32 - source)) & 1) << (31 - bit)),
    0,
  );
});

/** The block enciphered under the zero key. */
export function desNullKey(block: Word64): Word64 {
  let left = block.high;
  let right = block.low;
  let swap = ((left >>> 4) ^ right) & 0x0f0f0f0f;
  right ^= swap;
  left ^= swap << 4;
  swap = ((left >>> 16) ^ right) & 0xffff;
  right ^= swap;
  left ^= swap << 16;
  swap = ((right >>> 2) ^ left) & 0x33333333;
  left ^= swap;
  right ^= swap << 2;
  swap = ((right >>> 8) ^ left) & 0x00ff00ff;
  left ^= swap;
  right ^= swap << 8;
  swap = ((left >>> 1) ^ right) & 0x55555555;
  right ^= swap;
  left ^= swap << 1;

  for (let round = 0; round < 16; round++) {
    const next = left ^ substitute(right);
    left = right;
    right = next;
  }
  // The last round does not swap: read the halves the other way round from here on.
  [left, right] = [right, left];

  swap = ((left >>> 1) ^ right) & 0x55555555;
  right ^= swap;
  left ^= swap << 1;
  swap = ((right >>> 8) ^ left) & 0x00ff00ff;
  left ^= swap;
  right ^= swap << 8;
  swap = ((right >>> 2) ^ left) & 0x33333333;
  left ^= swap;
  right ^= swap << 2;
  swap = ((left >>> 16) ^ right) & 0xffff;
  right ^= swap;
  left ^= swap << 16;
  swap = ((left >>> 4) ^ right) & 0x0f0f0f0f;
  right ^= swap;
  left ^= swap << 4;
  return { high: left, low: right };
}

/** E, S and P of a round: box i reads six bits, of which the outer two belong to its neighbours too. */
function substitute(half: number): number {
  let output = 0;
  for (let box = 0; box < 8; box++) {
    const turn = (4 * box + 5) & 31;
    const input = ((half << turn) | (half >>> (32 - turn))) & 63;
    output |= ROUND_TABLE[(box << 6) | input];
  }
  return output;
}
