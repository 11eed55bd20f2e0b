/** Randomness: draws looked up by identity, streams by name. The only sources of it in a simulation. */
export { childIdentity } from './childIdentity.ts';
export { KeyedDraws } from './keyedDraws.ts';
export type { Seed } from './nameHash.ts';
export { LARGEST_DRAW, SMALLEST_DRAW } from './openUnit.ts';
export { type Random, stream } from './streams.ts';
export type { Words } from './threefry2x32.ts';
