/**
 * MurmurHash2 as Kafka's clients compute it, and the sign that they drop.
 *
 * Rule: 4-byte little-endian blocks, m = 0x5bd1e995, r = 24, seed 0x9747b28c; then `& 0x7fffffff`.
 * Source: Apache Kafka 1eb7644349cb, clients/…/common/utils/Utils.java, murmur2 and toPositive (Austin
 * Appleby's hash).
 * Differs: nothing. Cost: three multiplications per four bytes.
 */

const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/** The hash, signed 32 bits as Java's int. */
export function murmur2(bytes: Uint8Array): number {
  const blockEnd = bytes.length & ~3;
  let hash = SEED ^ bytes.length;
  for (let at = 0; at < blockEnd; at += 4) {
    let block = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    block = Math.imul(block, MULTIPLIER);
    block = Math.imul(block ^ (block >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ block;
  }
  if (blockEnd < bytes.length) {
    for (let at = bytes.length - 1; at >= blockEnd; at--) hash ^= bytes[at] << (8 * (at - blockEnd));
    hash = Math.imul(hash, MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}

/** The number without its sign bit: not the absolute value. */
export function toPositive(hash: number): number {
  return hash & 0x7fffffff;
}
