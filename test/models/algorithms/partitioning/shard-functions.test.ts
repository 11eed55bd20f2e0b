import { describe, expect, it } from 'vitest';
import {
  InvalidShardOptions,
  type ShardFunctionName,
  type ShardOptions,
  shardFunctions,
  spread,
  spreadOfLoads,
  UnplaceableKey,
} from '../../../../src/models/algorithms/partitioning/index.ts';
import { murmur3 } from '../../../../src/models/algorithms/partitioning/murmur3.ts';
import { utf8 } from '../../../../src/models/algorithms/partitioning/utf8.ts';

const names = Object.keys(shardFunctions) as ShardFunctionName[];
const keyCount = 20_000;
const text = (index: number) => `acct-${index}`;
const sample = Array.from({ length: keyCount }, (_, index) => text(index));
const options = (name: ShardFunctionName, count: number): ShardOptions =>
  name === 'range' ? { count, sample } : { count };
const keysOf = (name: ShardFunctionName) =>
  shardFunctions[name].keys === 'integer' ? sample.map((_, index) => String(index)) : sample;

describe.each(names)('%s', (name) => {
  it('places every key on a shard that exists, twice on the same one, whatever was placed between', () => {
    const shard = shardFunctions[name].make(options(name, 7));
    const keys = keysOf(name);
    const places = keys.map((key) => shard(key));
    expect(places.every((place) => Number.isInteger(place) && place >= 0 && place < 7)).toBe(true);
    expect([...keys].reverse().map((key) => shard(key))).toEqual([...places].reverse());
  });

  it('leaves no shard of ten below a third of an even share of 20,000 keys', () => {
    // A fixed set of keys: no interval to derive. Ketama's 160 points vary by some 8% a shard, hashes by some 2%.
    const shard = shardFunctions[name].make(options(name, 10));
    const { shares } = spread(keysOf(name).map(shard), 10);
    expect(Math.min(...shares)).toBeGreaterThan(0.1 / 3);
  });

  it('puts everything on the only shard', () => {
    const shard = shardFunctions[name].make(options(name, 1));
    expect(keysOf(name).slice(0, 100).map(shard)).toEqual(new Array(100).fill(0));
  });

  it.each([0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])('is not made for %s shards', (count) => {
    expect(() => shardFunctions[name].make({ count, sample })).toThrow(InvalidShardOptions);
  });

  it('takes words exactly if it says that its keys are strings', () => {
    const shard = shardFunctions[name].make(options(name, 3));
    if (shardFunctions[name].keys === 'string') expect(() => shard('a word')).not.toThrow();
    else expect(() => shard('a word')).toThrow(UnplaceableKey);
  });
});

describe('shard functions by name', () => {
  it('java-hash sends polygenelubricants to shard -8 of 10, which spread counts as misplaced', () => {
    const shard = shardFunctions['java-hash'].make({ count: 10 });
    expect(shard('polygenelubricants')).toBe(-8);
    expect(spread(['polygenelubricants', 'a', 'b', 'c'].map(shard), 10)).toMatchObject({
      total: 4,
      misplaced: 1,
    });
  });

  it('murmur3 takes the hash unsigned', () => {
    const high = sample.find((key) => murmur3(utf8(key)) > 0x80000000)!;
    expect(shardFunctions.murmur3.make({ count: 10 })(high)).toBe(murmur3(utf8(high)) % 10);
  });

  it('a type of key that another function has is refused', () => {
    expect(() => shardFunctions['java-hash'].make({ count: 2, type: 'int8' })).toThrow(InvalidShardOptions);
    expect(() => shardFunctions.postgres.make({ count: 2, type: 'long' })).toThrow(InvalidShardOptions);
    expect(shardFunctions.postgres.make({ count: 10, type: 'int8' })('42')).toBe(4);
  });

  it('an unplaceable key says which key, and what would do', () => {
    const shard = shardFunctions.vitess.make({ count: 2 });
    expect(() => shard('x')).toThrow(
      expect.objectContaining({
        name: 'UnplaceableKey',
        key: 'x',
        expected: 'integers from -2^63 to 2^64-1',
      }),
    );
  });
});

describe('spread', () => {
  it('compares the hottest share with an even one', () => {
    expect(spread([0, 0, 0, 1], 4)).toEqual({
      total: 4,
      loads: [3, 1, 0, 0],
      shares: [0.75, 0.25, 0, 0],
      hottest: 0,
      hottestShare: 0.75,
      hottestToEven: 3,
      coefficientOfVariation: Math.sqrt(1.5),
      misplaced: 0,
    });
  });

  it('counts keys by weight, and what lies nowhere in the total only', () => {
    const found = spread([1, -8, 1, 0], 2, [2, 5, 1, 2]);
    expect(found).toMatchObject({ total: 10, loads: [2, 3], shares: [0.2, 0.3], hottest: 1, misplaced: 5 });
    expect(found.coefficientOfVariation).toBeCloseTo(0.2, 12);
  });

  it('calls equal loads even, and nothing at all not a number', () => {
    expect(spreadOfLoads([5, 5, 5])).toMatchObject({ hottestToEven: 1, coefficientOfVariation: 0 });
    expect(spread([], 3).hottestShare).toBeNaN();
  });
});
