/**
 * SipHash-2-4.
 *
 * Rule: four words from the key, two rounds a block of eight bytes (little-endian), the length in the last
 * block's top byte, four rounds at the end. Source: Aumasson and Bernstein, 2012 (its appendix's vectors
 * hold); dchest/siphash.
 * Differs: BigInt, because it hashes names while a table is laid, not keys. Cost: some microseconds a call.
 */

const rotate = (word: bigint, bits: bigint) => BigInt.asUintN(64, word << bits) | (word >> (64n - bits));
const add = (left: bigint, right: bigint) => BigInt.asUintN(64, left + right);

/** The hash of the bytes under the key (k0, k1), unsigned 64 bits. */
export function siphash24(k0: bigint, k1: bigint, bytes: Uint8Array): bigint {
  let v0 = k0 ^ 0x736f6d6570736575n;
  let v1 = k1 ^ 0x646f72616e646f6dn;
  let v2 = k0 ^ 0x6c7967656e657261n;
  let v3 = k1 ^ 0x7465646279746573n;
  const rounds = (count: number) => {
    for (let round = 0; round < count; round++) {
      v0 = add(v0, v1);
      v2 = add(v2, v3);
      v1 = rotate(v1, 13n) ^ v0;
      v3 = rotate(v3, 16n) ^ v2;
      v0 = rotate(v0, 32n);
      v2 = add(v2, v1);
      v0 = add(v0, v3);
      v1 = rotate(v1, 17n) ^ v2;
      v3 = rotate(v3, 21n) ^ v0;
      v2 = rotate(v2, 32n);
    }
  };
  for (let start = 0; start <= bytes.length; start += 8) {
    const end = Math.min(start + 8, bytes.length);
    let block = end - start < 8 ? BigInt(bytes.length & 0xff) << 56n : 0n;
    for (let at = start; at < end; at++) block |= BigInt(bytes[at]) << BigInt(8 * (at - start));
    v3 ^= block;
    rounds(2);
    v0 ^= block;
  }
  v2 ^= 0xffn;
  rounds(4);
  return v0 ^ v1 ^ v2 ^ v3;
}
