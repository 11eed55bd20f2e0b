/**
 * Katran's Maglev tables, versions 1 and 2, which differ in how they read weights.
 *
 * Rule: offset and skip from MurmurHash3 of the endpoint's hash with (42, seed 0) and (2718281828, seed
 * 2307). Version 1 lets an endpoint take `weight` entries in its first turn and one in each later one, so
 * weights hardly show; version 2 lets it take one each time its accumulated weight reaches the largest
 * weight.
 * Source: facebookincubator/katran 19f08fec, katran/lib/MaglevHash.cpp, MaglevHashV2.cpp, MaglevBase.cpp,
 * MurmurHash3.cpp (x64_64). Differs: nothing, its 32-bit overflow of offset + step · skip included.
 * Cost: about size · ln size probes; BigInt for two hashes an endpoint.
 */
import { checkMaglevSize, MAGLEV_SIZE } from './maglev.ts';
import { maglevTable } from './maglev-table.ts';
import { InvalidShardOptions } from './shard-function.ts';

export interface KatranEndpoint {
  /** What the table's entries say. */
  readonly number: number;
  /** 64 bits, unsigned. */
  readonly hash: bigint;
  /** A non-negative integer. */
  readonly weight: number;
}

/** The endpoint's number for each entry of the table; size must be a prime. */
export function maglevKatran(
  endpoints: readonly KatranEndpoint[],
  version: 1 | 2,
  size = MAGLEV_SIZE,
): Int32Array {
  checkMaglevSize(size);
  if (endpoints.length === 0) throw new InvalidShardOptions('a Maglev table needs an endpoint');
  if (endpoints.length === 1) return new Int32Array(size).fill(endpoints[0].number);
  const offsets = endpoints.map(({ hash }) => Number(murmur3x64(hash, 42n, 0n) % BigInt(size)));
  const skips = endpoints.map(
    ({ hash }) => Number(murmur3x64(hash, 2718281828n, 2307n) % BigInt(size - 1)) + 1,
  );
  const weights = endpoints.map(({ weight }) => weight);
  const table = maglevTable(
    endpoints.length,
    size,
    (endpoint, step) => ((offsets[endpoint] + Math.imul(step, skips[endpoint])) >>> 0) % size,
    version === 1 ? weightsInFirstTurn(weights) : accumulatedWeights(weights),
  );
  return table.map((endpoint) => endpoints[endpoint].number);
}

function weightsInFirstTurn(weights: readonly number[]): (endpoint: number, taken: number) => boolean {
  const allowance = [...weights];
  return (endpoint, taken) => {
    if (taken < allowance[endpoint]) return true;
    allowance[endpoint] = 1;
    return false;
  };
}

function accumulatedWeights(weights: readonly number[]): (endpoint: number, taken: number) => boolean {
  const largest = Math.max(...weights);
  const accumulated = weights.map(() => 0);
  return (endpoint, taken) => {
    if (taken > 0) return false;
    accumulated[endpoint] += weights[endpoint];
    if (accumulated[endpoint] < largest) return false;
    accumulated[endpoint] -= largest;
    return true;
  };
}

/** MurmurHash3 x64_128 of the sixteen bytes (first, second), its first word. */
function murmur3x64(first: bigint, second: bigint, seed: bigint): bigint {
  const c1 = 0x87c37b91114253d5n;
  const c2 = 0x4cf5ad432745937fn;
  let h1 = seed ^ wrap(rotate(wrap(first * c1), 31n) * c2);
  h1 = wrap((rotate(h1, 27n) + seed) * 5n + 0x52dce729n);
  let h2 = seed ^ wrap(rotate(wrap(second * c2), 33n) * c1);
  h2 = wrap((rotate(h2, 31n) + h1) * 5n + 0x38495ab5n);
  h1 = wrap((h1 ^ 16n) + (h2 ^ 16n));
  h2 = wrap((h2 ^ 16n) + h1);
  return wrap(scatter(h1) + scatter(h2));
}

function scatter(word: bigint): bigint {
  let scattered = wrap((word ^ (word >> 33n)) * 0xff51afd7ed558ccdn);
  scattered = wrap((scattered ^ (scattered >> 33n)) * 0xc4ceb9fe1a85ec53n);
  return scattered ^ (scattered >> 33n);
}

function wrap(word: bigint): bigint {
  return BigInt.asUintN(64, word);
}

function rotate(word: bigint, bits: bigint): bigint {
  return wrap(word << bits) | (word >> (64n - bits));
}
