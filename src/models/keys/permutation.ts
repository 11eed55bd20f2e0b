/**
 * A random order of 0 … count − 1 that is worked out, not kept: for populations too large for a table.
 *
 * Rule: a Feistel network of four rounds over the least even number of bits that holds the count; what falls outside is
 * put through again until it falls inside.
 * Source: Luby and Rackoff, "How to construct pseudorandom permutations from pseudorandom functions", SIAM J. Comput. 17
 * (1988); Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002, for the walk back inside.
 * Differs from the original: the round function is a 32-bit mixer, which spreads places and keeps no secrets.
 * Cost: four to sixteen rounds of a few multiplications; no memory.
 */
export class Permutation {
  private readonly half: number;
  private readonly keys: readonly number[];

  /**
   * @param count from 1 to 2⁵²
   * @param random uniform in (0, 1)
   */
  constructor(
    private readonly count: number,
    random: () => number,
  ) {
    let bits = 1;
    while (4 ** bits < count) bits += 1;
    this.half = 2 ** bits;
    this.keys = Array.from({ length: 4 }, () => Math.floor(random() * 4294967296));
  }

  /** What stands at a place of the order. */
  at(place: number): number {
    const { half, keys } = this;
    let value = place;
    do {
      let left = Math.floor(value / half);
      let right = value % half;
      for (let round = 0; round < 4; round += 1) {
        const next = (left + (mix(right ^ keys[round]) % half)) % half;
        left = right;
        right = next;
      }
      value = left * half + right;
    } while (value >= this.count);
    return value;
  }

  /** The place of a value: `at` backwards. */
  placeOf(value: number): number {
    const { half, keys } = this;
    let place = value;
    do {
      let left = Math.floor(place / half);
      let right = place % half;
      for (let round = 3; round >= 0; round -= 1) {
        const before = (right - (mix(left ^ keys[round]) % half) + half) % half;
        right = left;
        left = before;
      }
      place = left * half + right;
    } while (place >= this.count);
    return place;
  }
}

/** murmur3's finalizer: each bit of the input moves about half the bits of the output. */
function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
