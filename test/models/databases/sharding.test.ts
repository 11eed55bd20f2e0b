import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ShardFunctionName, shardFunctions } from '../../../src/models/algorithms/partitioning/index.ts';
import { shardSpread } from '../../../src/models/databases/closed-forms.ts';
import { databases } from '../../../src/models/databases/index.ts';
import { KeyShards, nowhere } from '../../../src/models/databases/key-shards.ts';
import type { DatabaseRecord } from '../../../src/models/databases/model.ts';
import { designOf, expectExact, readingOf, runOf, simulate } from '../harness.ts';

const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), 'utf8'));

/** Without the cases of a record or row that has no key. */
const keyed = <Case extends { key?: string | null }>(cases: readonly Case[]) =>
  cases.flatMap((each) => (typeof each.key === 'string' ? [{ ...each, key: each.key }] : []));

const sharded = (parts: {
  shardBy: string;
  key?: string;
  rate?: string;
  steps?: string;
  shards?: number;
}) => `
name: sharded
run: { duration: 60s, warmUp: 5s }
keys: { id: { ${parts.key ?? 'count: 200, format: "acct-{n}"'} } }
workloads: { all: { arrivals: { rate: ${parts.rate ?? '100/s'} }, keys: [id], call: app.go } }
services: { app: { operations: { go: [ ${parts.steps ?? 'read: main'} ] } } }
databases: { main: { shards: ${parts.shards ?? 10}, shardBy: { key: id, ${parts.shardBy} }, cpu: 8, read: 0ms } }`;

function placementOf(yaml: string) {
  const design = designOf(yaml);
  const [[name, config]] = design.entries('databases');
  const placement = databases.placement?.(name, config as never, design);
  if (placement === undefined) throw new Error('no placement');
  return placement;
}

describe('a database places keys as the real systems do', () => {
  it('java-hash: as Math.abs(hashCode) % n in Java, where it goes wrong too', () => {
    const { pairs } = vectors('java-string-hashcode');
    const { count, noun, place } = placementOf(sharded({ shardBy: 'function: java-hash' }));
    expect([count, noun]).toEqual([10, 'shard']);
    for (const { s, mod } of pairs) expect(place(s), s).toBe(mod['10'].abs_then_mod);
    expect(place('acct-1843798622')).toBe(-8);
  });

  it('java-hash with floorMod: as Math.floorMod in Java', () => {
    const { place } = placementOf(sharded({ shardBy: 'function: java-hash, modulo: floor' }));
    for (const { s, mod } of vectors('java-string-hashcode').pairs)
      expect(place(s), s).toBe(mod['10'].floorMod);
  });

  it('kafka-murmur2: as Kafka’s producer', () => {
    const { place } = placementOf(sharded({ shardBy: 'function: kafka-murmur2' }));
    for (const { key, partition } of keyed<{ key?: string; partition: Record<string, number> }>(
      vectors('kafka-murmur2').pairs,
    ))
      expect(place(key), key).toBe(partition['10']);
  });

  it('postgres: as PostgreSQL’s hash partitions', () => {
    const { place } = placementOf(
      sharded({ shardBy: 'function: postgres, type: int4', key: 'count: 9, format: "{n}"' }),
    );
    const { int4 } = vectors('postgres-hash-partitioning').modulus10;
    for (const { key, remainder } of keyed<{ key: string | null; remainder: number }>(int4))
      expect(place(key), key).toBe(remainder);
  });
});

describe('a shard’s share', () => {
  const names = Object.keys(shardFunctions) as ShardFunctionName[];

  it.each(names)('is that of its keys: %s', (name) => {
    const key =
      shardFunctions[name].keys === 'integer'
        ? 'count: 200, format: "{n}"'
        : 'count: 200, format: "acct-{n}"';
    const yaml = sharded({ shardBy: `function: ${name}`, key, rate: '300/s' });
    const { place } = placementOf(yaml);
    const text = (value: number) => (key.includes('acct') ? `acct-${value}` : `${value}`);
    const exact = shardSpread({ count: 200, share: () => 1 / 200, text }, place, 10);
    const assembly = runOf(yaml);
    const readings = assembly.readings();
    exact.shares.forEach((share, shard) => {
      const { num, den } = readings.get(`databases.main.shards.${shard}.share`) ?? { num: 0, den: 0 };
      // 4 standard deviations of a binomial share: one in 16,000 of the hundred would be outside.
      expect(Math.abs(num / den - share)).toBeLessThanOrEqual(4 * Math.sqrt((share * (1 - share)) / den));
    });
    expect(readingOf(assembly, 'databases.main.shardImbalance')).toBeCloseTo(
      readingOf(assembly, 'databases.main.hottestShardShare') * 10,
      9,
    );
  });

  it('is the hottest key’s, and more, where keys are skewed', () => {
    // Zipf's law of exponent 2 over three values: 1, 1/4 and 1/9 parts. The three have shards of their own.
    const key = 'count: 3, skew: { zipf: 2 }, format: "acct-{n}"';
    const runs = simulate(sharded({ shardBy: 'function: java-hash', key, rate: '200/s' }));
    const hottest = 1 / (1 + 1 / 4 + 1 / 9);
    expectExact(runs.estimate('databases.main.hottestShardShare'), hottest, 0.02);
    expectExact(runs.estimate('databases.main.shardImbalance'), 10 * hottest, 0.02);
  });

  it('is the same for keys that are new each time, placed by the text of their UUID', () => {
    const runs = simulate(sharded({ shardBy: 'function: jump', key: 'each: operation', rate: '150/s' }));
    for (const shard of [0, 4, 9])
      expectExact(runs.estimate(`databases.main.shards.${shard}.share`), 0.1, 0.1);
  });

  it('is even for ranges without boundaries: they split the keys that there are', () => {
    const { place } = placementOf(sharded({ shardBy: 'function: range' }));
    const spread = shardSpread({ count: 200, share: () => 1, text: (value) => `acct-${value}` }, place, 10);
    expect(spread.loads).toEqual(new Array(10).fill(20));
  });
});

describe('a key without a shard', () => {
  const yaml = sharded({ shardBy: 'function: java-hash', key: 'count: 1, format: acct-1843798622' });

  it('fails its operations, is counted and explained, and crashes nothing', () => {
    const assembly = runOf(yaml);
    const { failures } = assembly.records()['workloads.all'] as { failures: Record<string, number> };
    const readings = assembly.readings();
    expect(Object.keys(failures)).toEqual(['unplaceable-key']);
    expect(readings.get('databases.main.unplaceableKeys')?.num).toBe(failures['unplaceable-key']);
    expect(readingOf(assembly, 'workloads.all.goodputRatio')).toBe(0);
    const { unplaceable } = assembly.records()['databases.main'] as DatabaseRecord;
    expect(unplaceable).toEqual([{ key: 'acct-1843798622', why: 'goes to shard -8, which does not exist' }]);
    expect(assembly.timeline.occurrences.map(({ what }) => what)).toEqual([
      'key acct-1843798622: goes to shard -8, which does not exist',
    ]);
  });

  it('has one where the modulo is floorMod’s', () => {
    const assembly = runOf(yaml.replace('java-hash', 'java-hash, modulo: floor'));
    expect(readingOf(assembly, 'workloads.all.goodputRatio')).toBe(1);
    expect(readingOf(assembly, 'databases.main.shards.2.share')).toBe(1);
  });
});

describe('shards by value', () => {
  const population = (count: number) => ({
    name: 'id',
    slot: 0,
    count,
    pick: () => 0,
    valueAt: (rank: number) => rank,
    share: () => 0,
    text: (value: number) => `id-${value}`,
  });

  it('are the function’s, also where too many values come to remember each', () => {
    const { place } = { place: shardFunctions.murmur3.make({ count: 7 }) };
    for (const count of [1000, Number.POSITIVE_INFINITY]) {
      const shards = new KeyShards(population(count), place, 7, () => {});
      for (const round of [1, 2]) {
        for (let at = 0; at < 1000; at += 1) {
          // Values that share a place in the memo of 16,384.
          const value = count === 1000 ? at : at * 16_384 * round + (at % 3);
          expect(shards.of(value)).toBe(place(`id-${value}`));
        }
      }
    }
  });

  it('are nowhere for a text that the function cannot take, which is told once', () => {
    const told: string[] = [];
    const shards = new KeyShards(population(10), shardFunctions.vitess.make({ count: 4 }), 4, (text, why) =>
      told.push(`${text}: ${why}`),
    );
    expect([shards.of(3), shards.of(3)]).toEqual([nowhere, nowhere]);
    expect(told).toEqual([
      "id-3: vitess cannot place the key 'id-3': it takes integers from -2^63 to 2^64-1",
    ]);
  });
});
