/**
 * Statistics of a sequence of draws that ought to be random and uniform, as z-scores: each is standard normal for
 * perfect draws, or the worst of several that are.
 */
export interface Suspicion {
  /** χ² of the draws over 1,024 equal cells: (χ² − 1023) / √2046. */
  uniformity: number;
  /** χ² over 64 × 64 cells of draws that follow each other, likewise. */
  pairs: number;
  /** Correlation × √n of draws that are 1, 2, 4, … 2¹⁵ places apart: the worst of 16. */
  correlation: number;
  /** Of the 52 bits of a draw, the one farthest from being set half of the time: the worst of 52. */
  bits: number;
  /** Bits that flip from one draw to the next, against 26 of 52. */
  flips: number;
  /** Draws whose first 32 bits occurred before, less the expected n²/2³³, over its root. */
  repeats: number;
}

export function suspicionOf(draws: Float64Array): Suspicion {
  const first = new Int32Array(draws.length);
  const second = new Int32Array(draws.length);
  const cells = new Int32Array(draws.length);
  const pairs = new Int32Array(draws.length - 1);
  const words = new Uint32Array(draws.length);
  for (let i = 0; i < draws.length; i++) {
    const place = draws[i] * 2 ** 26;
    first[i] = place;
    second[i] = (place - first[i]) * 2 ** 26;
    cells[i] = first[i] >>> 16;
    if (i > 0) pairs[i - 1] = ((first[i - 1] >>> 20) << 6) | (first[i] >>> 20);
    words[i] = draws[i] * 2 ** 32;
  }
  const expectedRepeats = draws.length ** 2 / 2 ** 33;
  return {
    uniformity: spread(cells, 1024),
    pairs: spread(pairs, 4096),
    correlation: worst(Array.from({ length: 16 }, (_, bit) => correlation(draws, 2 ** bit))),
    bits: worst([...balances(first), ...balances(second)]),
    flips: flips(first, second),
    repeats: (repeats(words) - expectedRepeats) / Math.sqrt(expectedRepeats),
  };
}

export const worst = (scores: readonly number[]): number => Math.max(...scores.map(Math.abs));

function spread(cells: Int32Array, count: number): number {
  const counts = new Float64Array(count);
  for (const cell of cells) counts[cell]++;
  const expected = cells.length / count;
  const statistic = counts.reduce((sum, counted) => sum + (counted - expected) ** 2 / expected, 0);
  return (statistic - (count - 1)) / Math.sqrt(2 * (count - 1));
}

function correlation(draws: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < draws.length; i++) sum += (draws[i] - 0.5) * (draws[i - lag] - 0.5);
  return (sum * 12) / Math.sqrt(draws.length - lag);
}

function balances(words: Int32Array): Float64Array {
  const set = new Float64Array(26);
  for (const word of words) for (let bit = 0; bit < 26; bit++) set[bit] += (word >>> bit) & 1;
  return set.map((count) => (count - words.length / 2) / Math.sqrt(words.length / 4));
}

function flips(first: Int32Array, second: Int32Array): number {
  let flipped = 0;
  for (let i = 1; i < first.length; i++)
    flipped += ones(first[i] ^ first[i - 1]) + ones(second[i] ^ second[i - 1]);
  const steps = first.length - 1;
  return (flipped - 26 * steps) / Math.sqrt(13 * steps);
}

function ones(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function repeats(words: Uint32Array): number {
  words.sort();
  let repeated = 0;
  for (let i = 1; i < words.length; i++) if (words[i] === words[i - 1]) repeated++;
  return repeated;
}
