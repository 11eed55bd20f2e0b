import { toTicks } from '../../../sim/clock.ts';
import type { KeyedDraws } from '../../../sim/random/keyedDraws.ts';
import type { Cursor } from '../../cursor.ts';
import { ServiceTime } from '../service-time.ts';
import type { DateOptions } from './config.ts';
import type { DatePartitions } from './date-partitions.ts';
import type { PartitionedTable } from './table.ts';

/** Which of a step’s draws are these: the row’s age, and the fetches. */
export const dateDraws = { age: 5, fetches: 3072 } as const;

/** Fetches of one query that are drawn one by one; further ones take the mean. */
const drawn = 1000;

/** The partitions that a query is not kept from, both ends included. */
interface Reach {
  from: number;
  to: number;
}

/**
 * What a query on a table partitioned by date looks into and what that costs: on a core a probe for each partition
 * beyond the first, and the unpacking of warm rows; beside it the fetches from object storage, one after the other, as an
 * Append of PostgreSQL runs what is below it.
 */
export class DateQuery {
  /** Of the time that fetches take. */
  readonly segment: number;
  private readonly age: ServiceTime | null;
  private readonly names: 'row' | 'range' | 'nothing';
  private readonly youngest: number = 0;
  private readonly eldest: number = Number.POSITIVE_INFINITY;
  private readonly probe: number;
  private readonly unpack: number;
  private readonly fetch: ServiceTime;
  private readonly change: ServiceTime;
  private readonly fetchMean: number;
  private readonly reach: Reach = { from: 0, to: 0 };

  constructor(
    private readonly table: PartitionedTable,
    { age, where }: DateOptions,
    private readonly verb: 'read' | 'write' | 'scan',
  ) {
    const { cold, probe, warm } = table.settings;
    this.segment = table.segmentOfFetches();
    this.age = age === undefined ? null : new ServiceTime(age, dateDraws.age);
    if (where === undefined) {
      this.names = age === undefined ? 'nothing' : 'row';
    } else if (where === 'none' || where.column === 'wrapped') {
      this.names = 'nothing';
    } else {
      this.names = 'range';
      this.youngest = toTicks(where.age.from);
      this.eldest = toTicks(where.age.to);
    }
    this.probe = toTicks(probe);
    this.unpack = toTicks(verb === 'write' ? warm.write : warm.read);
    this.fetch = new ServiceTime(cold.read, dateDraws.fetches);
    this.change = new ServiceTime(cold.write, dateDraws.fetches + drawn);
    this.fetchMean = toTicks(cold.read.mean);
  }

  /**
   * Looks into one shard’s partitions; what it waits for object storage is the cursor’s `scratch`.
   * @returns ticks of a core beside the query’s own
   */
  plan(cursor: Cursor, draws: KeyedDraws, shard: number): number {
    const { age, reach, table, verb } = this;
    const { metering, partitions } = table;
    const tiers = table.tiers[shard];
    const { now } = cursor;
    const row = age === null ? partitions.newest : partitions.at(now - age.ticks(draws, cursor));
    this.setReach(partitions, row, now);
    tiers.count(reach.from, reach.to);
    const hasRow = row >= reach.from && row <= reach.to;
    const changesArchive = verb === 'write' && hasRow && tiers.isCold(row);
    const fetches = changesArchive ? tiers.cold - 1 : tiers.cold;
    metering.scanned(tiers, changesArchive ? fetches + 2 : fetches);
    cursor.scratch = this.fetchTicks(cursor, draws, fetches);
    if (changesArchive) cursor.scratch += this.change.ticks(draws, cursor);
    const isRowWarm = hasRow && tiers.isWarm(row);
    const unpacked = verb === 'scan' ? tiers.warm : isRowWarm ? 1 : 0;
    const further = Math.max(0, tiers.hot + tiers.warm + tiers.cold - 1);
    return this.probe * further + this.unpack * unpacked;
  }

  private setReach(partitions: DatePartitions, row: number, now: number): void {
    const { names, reach } = this;
    const { newest, oldest } = partitions;
    if (names === 'row') {
      reach.from = Math.max(row, oldest);
      reach.to = row;
    } else if (names === 'range') {
      reach.from = Math.max(partitions.at(now - this.eldest), oldest);
      reach.to = partitions.at(now - this.youngest);
    } else {
      reach.from = oldest;
      reach.to = newest;
    }
  }

  private fetchTicks(cursor: Cursor, draws: KeyedDraws, fetches: number): number {
    let ticks = 0;
    const each = Math.min(fetches, drawn);
    for (let fetch = 0; fetch < each; fetch += 1)
      ticks += this.fetch.ticks(draws, cursor, dateDraws.fetches + fetch);
    return ticks + (fetches - each) * this.fetchMean;
  }
}
