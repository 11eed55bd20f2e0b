import { describe, expect, it } from 'vitest';
import { play, totalOf } from './shipped.ts';

/** Fewer callers: windows of a thousand arrivals are longer then. */
const few = [
  'workloads.visits.arrivals.rate=40/s',
  'run.duration=45m',
  'run.warmUp=1m',
  'faults.lose-us-east.at=2m',
  'faults.lose-us-east.for=35m',
  'faults.lose-us-east.settle=2m',
];
const rtoOf = (sets: readonly string[], metric = 'rto') =>
  totalOf(play('dns-ttl', [...few, ...sets]), `faults.lose-us-east.${metric}`);

/** A window of a thousand callers from the US, of whom there are 24 a second. */
const window = 1000 / 24;
/** Three failed checks 10 s apart, 4 s until the last is known to have failed, and a check's interval before the first. */
const detection = 10 + 2 * 10 + 4;

const overstay = 30 * 60;
/**
 * 1% are out of reach when 40 of 50 resolvers have asked again, whose answers have run out at uniform instants: the 40th of
 * them is a beta variate with mean 40/51 and variance 40 · 11 / (51² · 52). Three deviations less.
 */
const least = overstay * (40 / 51 - 3 * Math.sqrt((40 * 11) / (51 ** 2 * 52)));

describe('dns-ttl: a region is lost, and only DNS stands between callers and the others', () => {
  it('resolvers that overstay keep 99% out of reach until four fifths of them have asked again', () => {
    const rto = rtoOf([]);
    expect(rto).toBeGreaterThan(least);
    expect(rto).toBeLessThan(overstay + detection + window);
  });

  it('90% are back after detection and TTL, whatever the others do', () => {
    expect(rtoOf([], 'rto90')).toBeLessThan(detection + 60 + window);
  });

  it('without them all are', () => {
    expect(rtoOf(['routing.dns.overstay=~'])).toBeLessThan(detection + 60 + window);
  });

  it.each(['routing.dns.ttl=10s', 'workloads.visits.client.reresolve=on-error'])(
    '%s does not help',
    (set) => {
      expect(rtoOf([set])).toBeGreaterThan(least);
    },
  );

  it('clients that never ask again wait until the region is back', () => {
    expect(rtoOf(['workloads.visits.client.reresolve=never'])).toBeGreaterThan(35 * 60);
  });

  it('one anycast address needs no DNS: detection and the convergence of routes', () => {
    const anycast = [
      'routing.policy=anycast',
      'routing.dns=~',
      'routing.map=~',
      'routing.secondary=~',
      'routing.health.interval=10s',
    ];
    expect(rtoOf(anycast)).toBeLessThan(detection + 30 + window);
  });
});
