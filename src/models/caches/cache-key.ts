import { redisSlot } from '../algorithms/partitioning/crc16-slots.ts';
import { utf8 } from '../algorithms/partitioning/utf8.ts';
import type { KeyPopulation } from '../contracts/keys.ts';

/** Fresh values are below this. */
const freshLimit = 2 ** 53;
/** Above so many values no slot is kept a value. */
const tabled = 1_000_000;
const slots = 16_384;

/**
 * What an entry of a cache is named by, as a number: the value of a key, or of several keys together.
 *
 * Values of finite populations are counted through from `offset`, so that two names in one cache never meet. A value
 * that is new each time is taken as it is: one of 2⁵³, which meets another with a chance of 1 in 10¹⁰ for a million of
 * them.
 */
export class CacheKey {
  /** How many different entries it can name; Infinity where one of its keys is new each time. */
  readonly count: number;
  private readonly isSingle: boolean;
  private readonly slotTable: Int16Array | undefined;

  constructor(
    readonly populations: readonly KeyPopulation[],
    readonly offset: number,
  ) {
    this.count = populations.reduce((product, { count }) => product * count, 1);
    this.isSingle = populations.length === 1;
    if (this.count <= tabled) this.slotTable = new Int16Array(this.count).fill(-1);
  }

  get isFinite(): boolean {
    return this.count < Number.POSITIVE_INFINITY;
  }

  /** The entry that an operation with these key values means; NaN where it does not carry them. */
  numberOf(values: readonly number[]): number {
    if (this.isSingle) return values[this.populations[0].slot] + (this.isFinite ? this.offset : 0);
    let number = 0;
    if (this.isFinite) {
      for (const { slot, count } of this.populations) number = number * count + values[slot];
      return number + this.offset;
    }
    // One fresh value tells almost all entries apart; the others turn it by amounts of their own.
    for (const { slot, count } of this.populations) {
      const value = values[slot];
      number = turned(number, count === Number.POSITIVE_INFINITY ? value : (value * turn) % freshLimit);
    }
    return number;
  }

  /** Share of references that name entry `index` (0 … count − 1), where keys are drawn independently. */
  share(index: number): number {
    let share = 1;
    let rest = index;
    for (let at = this.populations.length - 1; at >= 0; at -= 1) {
      const population = this.populations[at];
      share *= population.share(rest % population.count);
      rest = Math.floor(rest / population.count);
    }
    return share;
  }

  /**
   * The slot of Redis Cluster (0 … 16383) that an entry is in: of the text `acct-1`, or `acct-1:AAPL` for several keys.
   * Fresh values are spread as evenly by their number as the slots of their random texts would be.
   */
  slotOf(number: number): number {
    if (this.slotTable === undefined) return spread(number);
    const index = number - this.offset;
    const known = this.slotTable[index];
    if (known >= 0) return known;
    const slot = redisSlot(utf8(this.textOf(index)));
    this.slotTable[index] = slot;
    return slot;
  }

  private textOf(index: number): string {
    let rest = index;
    let text = '';
    for (let at = this.populations.length - 1; at >= 0; at -= 1) {
      const population = this.populations[at];
      const own = population.text(rest % population.count);
      text = text === '' ? own : `${own}:${text}`;
      rest = Math.floor(rest / population.count);
    }
    return text;
  }
}

/** An odd number near 2²⁰·φ: multiples of it by small numbers lie far apart. */
const turn = 1_696_631;

/** The sum modulo 2⁵³, without leaving the integers that a double holds. */
const turned = (a: number, b: number): number => (a >= freshLimit - b ? a - (freshLimit - b) : a + b);

/** The finalizer of MurmurHash3 over both halves of a number, cut to a slot. */
function spread(number: number): number {
  let hash = (number | 0) ^ Math.imul((number / 4294967296) | 0, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & (slots - 1);
}

/** The names of one cache: the same keys in the same order are the same name. */
export class CacheKeys {
  private readonly known = new Map<string, CacheKey>();
  private next = 0;

  /** @param populations the keys, in the order of the name */
  of(populations: readonly KeyPopulation[]): CacheKey {
    const id = populations.map(({ slot }) => slot).join();
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const key = new CacheKey(populations, this.next);
    if (key.isFinite) this.next += key.count;
    this.known.set(id, key);
    return key;
  }

  get all(): readonly CacheKey[] {
    return [...this.known.values()];
  }
}
