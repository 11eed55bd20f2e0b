/**
 * The dimensions that a quantity can have, and the units in which people write and read them. Inside, everything is
 * in the base unit named here; nothing else of Headroom knows a unit.
 */

export const dimensions = [
  'duration',
  'rate',
  'size',
  'bandwidth',
  'count',
  'ratio',
  'money',
  'cores',
  'instant',
  'factor',
] as const;

/**
 * What a number measures. Base units: duration s, rate 1/s, size bytes, bandwidth bytes/s, count and factor 1,
 * ratio 1 (60% is 0.6), money US dollars, cores 1, instant milliseconds since 1970-01-01T00:00Z.
 */
export type Dimension = (typeof dimensions)[number];

/** A unit as it is written: how many base units one of it is. */
export interface Unit {
  readonly name: string;
  readonly scale: number;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A month is 730 hours and a year twelve of them, so that prices by the hour and by the month agree. */
export const month = 730 * hour;
const year = 12 * month;

/** Seconds in each unit of duration, by every spelling that is read. `m` is minute. */
export const durationUnits: ReadonlyMap<string, number> = new Map([
  ...['ns', 'nanosecond', 'nanoseconds'].map((name) => [name, 1e-9] as const),
  ...['us', 'µs', 'μs', 'microsecond', 'microseconds'].map((name) => [name, 1e-6] as const),
  ...['ms', 'millisecond', 'milliseconds'].map((name) => [name, 1e-3] as const),
  ...['s', 'sec', 'second', 'seconds'].map((name) => [name, 1] as const),
  ...['m', 'min', 'minute', 'minutes'].map((name) => [name, minute] as const),
  ...['h', 'hour', 'hours'].map((name) => [name, hour] as const),
  ...['d', 'day', 'days'].map((name) => [name, day] as const),
  ...['w', 'week', 'weeks'].map((name) => [name, 7 * day] as const),
  ...['month', 'months'].map((name) => [name, month] as const),
  ...['y', 'year', 'years'].map((name) => [name, year] as const),
]);

/** Powers of ten behind a number: `10M/day`, `200k`, `$120k`. `B` is a billion. */
export const multipliers: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['k', 1e3],
  ['K', 1e3],
  ['M', 1e6],
  ['G', 1e9],
  ['B', 1e9],
  ['T', 1e12],
]);

/** Bytes in each unit of size. `KB` is read as `kB`: 1000; `KiB` is 1024. */
export const sizeUnits: ReadonlyMap<string, number> = new Map([
  ['B', 1],
  ['kB', 1e3],
  ['KB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
  ['TB', 1e12],
  ['PB', 1e15],
  ['KiB', 2 ** 10],
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
  ['TiB', 2 ** 40],
  ['PiB', 2 ** 50],
]);

/** Bytes a second in each unit of bandwidth; networks are counted in bits, disks in bytes. */
export const bandwidthUnits: ReadonlyMap<string, number> = new Map([
  ...['bps', 'bit/s'].map((name) => [name, 1 / 8] as const),
  ...['kbps', 'kbit/s', 'Kbps'].map((name) => [name, 1e3 / 8] as const),
  ...['Mbps', 'Mbit/s'].map((name) => [name, 1e6 / 8] as const),
  ...['Gbps', 'Gbit/s'].map((name) => [name, 1e9 / 8] as const),
  ...['Tbps', 'Tbit/s'].map((name) => [name, 1e12 / 8] as const),
  ...[...sizeUnits].map(([name, scale]) => [`${name}/s`, scale] as const),
]);

/** What a quantity is called in a message, and what correct ones look like. */
export const dimensionWords: Readonly<Record<Dimension, { noun: string; examples: readonly string[] }>> = {
  duration: { noun: 'a duration', examples: ['40ms', '1.5s', '1h30m'] },
  rate: { noun: 'a rate', examples: ['80/s', '10M/day', '100M/month'] },
  size: { noun: 'a size', examples: ['200 B', '16KiB', '500MB'] },
  bandwidth: { noun: 'a bandwidth', examples: ['10Gbps', '250MiB/s'] },
  count: { noun: 'a count', examples: ['1000', '200k', '2M'] },
  ratio: { noun: 'a ratio', examples: ['25%', '0.25'] },
  money: { noun: 'an amount of money', examples: ['$120k', '$0.192'] },
  cores: { noun: 'a number of cores', examples: ['2', '0.5', '250m'] },
  instant: { noun: 'an instant', examples: ['2026-01-14T14:25Z'] },
  factor: { noun: 'a factor', examples: ['1.5', '2'] },
};
