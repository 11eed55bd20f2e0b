import { describe, expect, it } from 'vitest';
import { stream } from '../../src/sim/random/streams.ts';
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

/**
 * Just that, drawn without a simulator: 50 of 1000 resolvers with as many callers each on the mean, whose old answers run out at
 * uniform instants, and windows of a thousand callers. Back is who has no window with more than 1% out of reach any more.
 */
function drawn(run: number): number {
  const random = stream(1, run, 'resolvers');
  const callers = Array.from({ length: 1000 }, () => 0);
  for (let caller = 0; caller < 30_000; caller += 1) callers[Math.floor(random() * 1000)] += 1;
  const overstayers = callers
    .slice(0, 50)
    .map((count) => ({ share: count / 30_000, until: random() * overstay }));
  let back = 0;
  for (let at = 0; at < overstay; at += window) {
    const share = overstayers.reduce((sum, each) => sum + (each.until > at + window / 2 ? each.share : 0), 0);
    let lost = 0;
    for (let caller = 0; caller < 1000; caller += 1) lost += random() < share ? 1 : 0;
    if (lost > 10) back = at + window;
  }
  return back;
}

describe('dns-ttl: a region is lost, and only DNS stands between callers and the others', () => {
  const plain = rtoOf([]);

  it('resolvers that overstay keep 99% out of reach until four fifths of them have asked again', () => {
    expect(plain).toBeGreaterThan(least);
    expect(plain).toBeLessThan(overstay + detection + window);
  });

  it('is as long as a draw of resolvers and of windows says, within what chance makes of that', () => {
    const draws = Array.from({ length: 200 }, (_, run) => drawn(run)).sort((one, other) => one - other);
    expect(plain).toBeGreaterThan(draws[1] - window);
    expect(plain).toBeLessThan(draws[198] + detection + window);
    // Which is longer than until the mean is 1%, and shorter than until the last resolver has asked again.
    expect(draws[100]).toBeGreaterThan(overstay * (40 / 51));
    expect(draws[198]).toBeLessThan(overstay);
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
