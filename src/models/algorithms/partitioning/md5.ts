/**
 * MD5, for the rings that place their points with it (and for nothing that must be secret).
 *
 * Rule: RFC 1321: 64-byte blocks, four rounds of sixteen steps, constants ⌊2³²·|sin(step + 1)|⌋.
 * Source: RFC 1321. Differs: the digest is four little-endian words. (node:crypto's hash takes three times as
 * long on a short key, most of it to make the hash object.) Cost: 64 steps per 64 bytes.
 */

const CONSTANTS = Int32Array.from({ length: 64 }, (_, step) =>
  Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32),
);
const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const block = new Int32Array(16);

/** The digest as four unsigned little-endian words: the first holds its bytes 0–3. */
export type Md5Digest = [number, number, number, number];

/** MD5 of the bytes. */
export function md5(bytes: Uint8Array): Md5Digest {
  const digest: Md5Digest = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  const blockCount = ((bytes.length + 8) >>> 6) + 1;
  for (let index = 0; index < blockCount; index++) {
    load(bytes, index * 64);
    if (index === blockCount - 1) {
      block[14] = bytes.length << 3;
      block[15] = bytes.length >>> 29;
    }
    mix(digest);
  }
  return digest;
}

/** Fills the block from `start`: bytes, then the padding's 0x80, then zeros. */
function load(bytes: Uint8Array, start: number): void {
  block.fill(0);
  const count = Math.min(bytes.length - start, 64);
  for (let at = 0; at < count; at++) block[at >> 2] |= bytes[start + at] << ((at & 3) * 8);
  if (count >= 0 && count < 64) block[count >> 2] |= 0x80 << ((count & 3) * 8);
}

function mix(digest: Md5Digest): void {
  let [a, b, c, d] = digest;
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    let chosen: number;
    let word: number;
    if (round === 0) {
      chosen = (b & c) | (~b & d);
      word = step;
    } else if (round === 1) {
      chosen = (d & b) | (~d & c);
      word = (5 * step + 1) & 15;
    } else if (round === 2) {
      chosen = b ^ c ^ d;
      word = (3 * step + 5) & 15;
    } else {
      chosen = c ^ (b | ~d);
      word = (7 * step) & 15;
    }
    const sum = (a + chosen + CONSTANTS[step] + block[word]) | 0;
    const shift = SHIFTS[round * 4 + (step & 3)];
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
  }
  digest[0] = (digest[0] + a) >>> 0;
  digest[1] = (digest[1] + b) >>> 0;
  digest[2] = (digest[2] + c) >>> 0;
  digest[3] = (digest[3] + d) >>> 0;
}
