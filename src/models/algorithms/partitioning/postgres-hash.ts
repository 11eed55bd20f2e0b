/**
 * PostgreSQL's hash of bytes and of integers, in 64 bits with a seed.
 *
 * Rule: Bob Jenkins' lookup3 with PostgreSQL's start value 0x9e3779b9 + length + 3923095; twelve bytes a
 * round; a seed that is not zero is mixed in first; the result is (b, c), of which c alone is the hash of 32
 * bits when the seed is zero.
 * Source: PostgreSQL 15, src/common/hashfn.c hash_bytes_extended, hash_bytes_uint32_extended;
 * src/backend/access/hash/hashfunc.c hashint4extended, hashint8extended, hashtextextended; uuid.c.
 * Differs: text hashes as under a deterministic collation. Cost: about two operations a byte.
 */
import type { Word64 } from './word64.ts';

interface Mixer {
  a: number;
  b: number;
  c: number;
}

export const NO_SEED: Word64 = { high: 0, low: 0 };

/** hash_bytes_extended: text as UTF-8, and UUIDs. */
export function postgresHashBytes(bytes: Uint8Array, seed: Word64 = NO_SEED): Word64 {
  const state = begin(bytes.length, seed);
  let at = 0;
  for (; bytes.length - at >= 12; at += 12) {
    state.a = (state.a + littleEndian(bytes, at)) | 0;
    state.b = (state.b + littleEndian(bytes, at + 4)) | 0;
    state.c = (state.c + littleEndian(bytes, at + 8)) | 0;
    mix(state);
  }
  state.a = (state.a + littleEndian(bytes, at)) | 0;
  state.b = (state.b + littleEndian(bytes, at + 4)) | 0;
  // The lowest byte of c is taken by the length.
  state.c = (state.c + (littleEndian(bytes, at + 8) << 8)) | 0;
  return finish(state);
}

/** hashint4extended: an integer of 32 bits. */
export function postgresHashInt4(value: number, seed: Word64 = NO_SEED): Word64 {
  const state = begin(4, seed);
  state.a = (state.a + value) | 0;
  return finish(state);
}

/** hashint8extended: equal integers of 32 and 64 bits hash equally. */
export function postgresHashInt8({ high, low }: Word64, seed: Word64 = NO_SEED): Word64 {
  return postgresHashInt4(low ^ ((high | 0) >= 0 ? high : ~high), seed);
}

function begin(length: number, seed: Word64): Mixer {
  const start = (0x9e3779b9 + length + 3923095) | 0;
  const state = { a: start, b: start, c: start };
  if (seed.high !== 0 || seed.low !== 0) {
    state.a = (state.a + seed.high) | 0;
    state.b = (state.b + seed.low) | 0;
    mix(state);
  }
  return state;
}

/** Four bytes from `at`; those past the end count as zero. */
function littleEndian(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function mix(state: Mixer): void {
  let { a, b, c } = state;
  a = (a - c) ^ rotate(c, 4);
  c = (c + b) | 0;
  b = (b - a) ^ rotate(a, 6);
  a = (a + c) | 0;
  c = (c - b) ^ rotate(b, 8);
  b = (b + a) | 0;
  a = (a - c) ^ rotate(c, 16);
  c = (c + b) | 0;
  b = (b - a) ^ rotate(a, 19);
  a = (a + c) | 0;
  c = (c - b) ^ rotate(b, 4);
  b = (b + a) | 0;
  state.a = a;
  state.b = b;
  state.c = c;
}

function finish({ a, b, c }: Mixer): Word64 {
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  return { high: b, low: c };
}
