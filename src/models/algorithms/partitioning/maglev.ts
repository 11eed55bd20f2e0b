/**
 * Maglev hashing: a table of prime size that backends share evenly and that changes little when one leaves.
 *
 * Rule: SipHash-2-4 of the name under (0xdeadbeefcafebabe, 0) gives offset (upper half % size) and skip
 * (lower half % (size − 1) + 1); backends fill the table in turn; a key takes entry key % size.
 * Source: dgryski/go-maglev before permutation strengths; Eisenbud et al., Maglev, NSDI 2016.
 * Differs: a string key is hashed by FNV-1a 64 first (the library takes 64 bits). Cost: one look-up a key.
 */
import { fnv1a64 } from './fnv1a64.ts';
import { maglevTable } from './maglev-table.ts';
import { InvalidShardOptions, type ShardFunction, type ShardOptions, shardNames } from './shard-function.ts';
import { siphash24 } from './siphash24.ts';
import { utf8 } from './utf8.ts';
import { wordModulo } from './word64.ts';

/** The paper's small table size: 1% imbalance up to some 650 backends. */
export const MAGLEV_SIZE = 65537;

export interface MaglevOptions {
  count: ShardOptions['count'];
  names?: ShardOptions['names'];
  /** Entries of the table, a prime above the number of backends. Default: 65537. */
  size?: number;
}

/**
 * The backend (by its place in `names`) of each entry; those in `gone` get none, and the others keep their
 * numbers. Throws InvalidShardOptions if the size is not a prime, or all are gone.
 */
export function maglev(
  names: readonly string[],
  size = MAGLEV_SIZE,
  gone: readonly number[] = [],
): Int32Array {
  checkMaglevSize(size);
  const absent = new Set(gone);
  if (names.every((_, backend) => absent.has(backend))) throw new InvalidShardOptions('no backend is left');
  const hashes = names.map((name) => siphash24(0xdeadbeefcafebaben, 0n, utf8(name)));
  const offsets = hashes.map((hash) => Number(hash >> 32n) % size);
  const skips = hashes.map((hash) => (Number(hash & 0xffffffffn) % (size - 1)) + 1);
  return maglevTable(
    names.length,
    size,
    (backend, step) => (offsets[backend] + step * skips[backend]) % size,
    (backend, taken) => taken === 0 && !absent.has(backend),
  );
}

/** Places keys by a Maglev table. */
export function maglevShards({ count, names, size = MAGLEV_SIZE }: MaglevOptions): ShardFunction {
  const table = maglev(shardNames({ count, names }), size);
  return (key) => table[wordModulo(fnv1a64(utf8(key)), size)];
}

/** Throws InvalidShardOptions unless `size` is a prime: a skip would not reach every entry. */
export function checkMaglevSize(size: number): void {
  let isPrime = Number.isInteger(size) && size >= 2;
  for (let divisor = 2; isPrime && divisor * divisor <= size; divisor++) isPrime = size % divisor !== 0;
  if (!isPrime) throw new InvalidShardOptions(`the size of a Maglev table must be a prime, not ${size}`);
}
