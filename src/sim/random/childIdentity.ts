/**
 * The identity of a child operation, out of its parent's and the place that called it.
 *
 * Rule: Threefry-2x32 of the parent's two words under the key (site, index). For one site and index it is one to one:
 * two parents never share a child. Across sites two children are equal by chance, 2⁻⁶⁴ a pair.
 * Cost: about 10 ns; writes into `out`, allocates nothing.
 *
 * @param site number of the call site in the assembled design (32 bits)
 * @param index which of the calls that this site makes for this parent: packs branch, iteration and attempt (32 bits)
 * @param out receives the two words, signed; it may be the parent itself
 */
import { threefry2x32, type Words } from './threefry2x32.ts';

export function childIdentity(high: number, low: number, site: number, index: number, out: Words): void {
  threefry2x32(site, index, high, low, out);
}
