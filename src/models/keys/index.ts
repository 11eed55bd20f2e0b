import { z } from 'zod';
import { zipf } from '../../sim/distributions/index.ts';
import { quantity } from '../../units/index.ts';
import type { KeyPopulation } from '../contracts/keys.ts';
import { defineKind } from '../kind.ts';
import type { Wiring } from '../wiring.ts';
import { Permutation } from './permutation.ts';
import { randomUuid, TextFormat, uuidOfValue } from './texts.ts';

const population = z.strictObject({
  count: quantity('count', {
    integer: true,
    min: 1,
    max: 2 ** 52,
    about: 'How many different values there are.',
  }),
  skew: z
    .union([
      z.literal('none'),
      z.strictObject({ zipf: quantity('factor', { about: 'Exponent of Zipf’s law.' }) }),
    ])
    .default('none')
    .describe('How unevenly they are used: none, or { zipf: 1 }.'),
  format: z
    .string()
    .default('{uuid}')
    .describe(
      'Their text, which sharding and partitioning hash: {n} counts from 0, {uuid} is a random UUID (version 4).',
    ),
});

const fresh = z.strictObject({
  each: z
    .enum(['session', 'operation'])
    .describe('A new value for each session or each operation, with a UUID as text.'),
});

const schema = z
  .union([population, fresh])
  .describe('One population of key values, shared by all who use it.');

type KeyConfig = z.output<typeof schema>;

/** How often each rank is drawn; evenly by Zipf's law of exponent 0. */
const lawOf = ({ count, skew }: z.output<typeof population>) => zipf(count, skew === 'none' ? 0 : skew.zipf);

/** Values that are drawn again and again, with their texts and how often each is drawn. */
class Population implements KeyPopulation {
  readonly count: number;
  private readonly law: ReturnType<typeof zipf> | undefined;
  /** Which value is the hottest, second … : chosen anew per run, so that no result hangs on one lucky place. */
  private readonly valueOfRank: Int32Array | undefined;
  private readonly rankOfValue: Int32Array | undefined;
  /** The same for populations without tables. */
  private readonly order: Permutation | undefined;
  private readonly uuids: string[] | undefined;
  private readonly format: TextFormat;

  constructor(
    readonly name: string,
    readonly slot: number,
    config: z.output<typeof population>,
    wiring: Wiring,
  ) {
    this.count = config.count;
    this.law = config.skew === 'none' ? undefined : lawOf(config);
    if (config.count > tabled) {
      this.order = new Permutation(config.count, wiring.stream(`keys.${name}.places`));
    } else {
      this.valueOfRank = shuffled(config.count, wiring.stream(`keys.${name}.places`));
      this.rankOfValue = new Int32Array(config.count);
      for (let rank = 0; rank < config.count; rank += 1) this.rankOfValue[this.valueOfRank[rank]] = rank;
      if (config.format.includes('{uuid}')) {
        const random = wiring.stream(`keys.${name}.uuids`);
        this.uuids = Array.from({ length: config.count }, () => randomUuid(random));
      }
    }
    const { uuids } = this;
    this.format = new TextFormat(config.format, uuids === undefined ? uuidOfValue : (value) => uuids[value]);
  }

  pick(uniform: number): number {
    return this.valueAt(this.law === undefined ? Math.floor(uniform * this.count) : this.law.index(uniform));
  }

  valueAt(rank: number): number {
    return this.order === undefined ? (this.valueOfRank as Int32Array)[rank] : this.order.at(rank);
  }

  share(value: number): number {
    if (this.law === undefined) return 1 / this.count;
    const rank =
      this.order === undefined ? (this.rankOfValue as Int32Array)[value] : this.order.placeOf(value);
    return this.law.share(rank);
  }

  text(value: number): string {
    return this.format.text(value);
  }
}

/** Above this many values no table is kept, neither of a shuffled order nor of UUIDs. */
const tabled = 1_000_000;

/** A value that no other session or operation has. */
class FreshKey implements KeyPopulation {
  readonly count = Number.POSITIVE_INFINITY;

  constructor(
    readonly name: string,
    readonly slot: number,
    readonly lasts: 'session' | 'operation',
  ) {}

  /** A fresh key is a number below 2^53 made of its draw. */
  pick(uniform: number): number {
    return Math.floor(uniform * 2 ** 53);
  }

  valueAt(): number {
    return Number.NaN;
  }

  share(): number {
    return 0;
  }

  text(value: number): string {
    return uuidOfValue(value);
  }
}

function shuffled(count: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const value = order[last];
    order[last] = order[other];
    order[other] = value;
  }
  return order;
}

export const isFresh = (config: KeyConfig): config is z.output<typeof fresh> => 'each' in config;

export const keys = defineKind<KeyConfig>({
  section: 'keys',
  noun: 'key',
  about:
    'What data is sharded, partitioned and cached by: populations of key values with real texts and skew.',
  shape: 'named',
  schema,
  families: [],
  scopes: () => [],
  hottestShare: (_name, config) => (isFresh(config) ? 0 : lawOf(config).share(0)),
  build: (name, config, wiring) => {
    const slot = wiring.design.names('keys').indexOf(name);
    return isFresh(config)
      ? new FreshKey(name, slot, config.each)
      : new Population(name, slot, config, wiring);
  },
});
