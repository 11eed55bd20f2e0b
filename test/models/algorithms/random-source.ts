/** A seeded source of uniform doubles in [0, 1) for tests: sfc32, two words a draw. */
export function randomSource(seed: number): () => number {
  let a = 0x9e3779b9;
  let b = seed | 0;
  let c = 0x243f6a88;
  let counter = 1;
  const word = (): number => {
    const out = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return out >>> 0;
  };
  for (let index = 0; index < 20; index++) word();
  return () => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992;
}

/** Zipf's shares of keys 0 … count − 1. */
export function zipfShares(count: number, exponent: number): Float64Array {
  const weights = Float64Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Draws keys by their shares, by bisection of the cumulative shares. */
export function keySource(shares: Float64Array, random: () => number): () => number {
  let sum = 0;
  const cumulative = shares.map((share) => {
    sum += share;
    return sum;
  });
  return () => {
    const target = random() * sum;
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle] > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
