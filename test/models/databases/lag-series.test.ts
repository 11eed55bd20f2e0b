import { describe, expect, it } from 'vitest';
import { runOf } from '../harness.ts';
import { failingOver, primaryDies } from './failover/scenario.ts';

/** The lag of a region as the timeline draws it: seconds, with the instant of each look. */
function lagsOf({ timeline }: ReturnType<typeof runOf>, region: string): { at: number; lag: number }[] {
  const values = timeline.series.get(`databases.d.in.${region}.replicationLag`)?.values as Float64Array;
  return [...values].map((lag, bucket) => ({ at: (bucket + 1) * timeline.bucketSeconds, lag }));
}

/** One write every 10 ms, of which `near` applies at most two hundred a second; it gets nothing from 60 s on. */
const cut = (seconds: number) =>
  runOf(
    failingOver({
      faults: `f: { fault: link-down, from: home, to: near, at: 60s, for: ${seconds}s, settle: 10s }`,
      duration: '8m',
      failover: '',
      rate: '100/s, process: deterministic',
    }).replace('apply: 0ms', 'apply: 5ms'),
  );

describe('the lag of a region on the timeline', () => {
  it('grows by a second a second while nothing comes through, and drains at the rate of the catch-up', () => {
    const [down, resumed] = [60, 135];
    for (const { at, lag } of lagsOf(cut(75), 'near')) {
      // Two hundred a second are applied of a hundred that come: two seconds of the log a second.
      const exact = Math.max(0, at <= resumed ? at - down : resumed - down - (at - resumed));
      // Up to 10 ms before the cut without a write; 40 ms of way before the first arrives, at 2 s a second; 10 ms between two.
      expect(lag, `at ${at} s`).toBeGreaterThan(exact - 0.011);
      expect(lag, `at ${at} s`).toBeLessThan(exact + 0.091);
    }
  });

  it('stays what the way takes where the link is whole', () => {
    for (const { lag } of lagsOf(cut(75), 'far')) expect(lag).toBeLessThanOrEqual(0.12);
  });

  it('is that of a region that is lost: of the primary of old too, where no replica stood beside it', () => {
    const lags = lagsOf(
      runOf(
        failingOver({
          faults: primaryDies.replace('settle', 'for: 200s, settle'),
          rate: '100/s, process: deterministic',
          from: 'near',
        }),
      ),
      'home',
    );
    const down = lags.filter(({ lag }) => lag > 1);
    // From the new primary's first write on, a second a second, until the old one is back.
    const began = down[0].at - down[0].lag;
    expect(began).toBeGreaterThan(60 + 20 + 30 - 0.1);
    expect(began).toBeLessThan(60 + 30 + 30 + 0.1);
    for (const { at, lag } of down.filter((each) => each.at <= 260)) expect(lag).toBeCloseTo(at - began, 6);
    expect(lags.filter(({ at, lag }) => at > 275 && lag > 0.3)).toEqual([]);
  });
});

describe('an alert of lag', () => {
  it('comes for a replica that never returns, when it has become that old', () => {
    const assembly = runOf(
      failingOver({
        faults: 'f: { fault: link-down, from: home, to: near, at: 60s, settle: 10s }',
        failover: '',
        rate: '100/s, process: deterministic',
        replication: ', lagAlert: 5s',
      }),
    );
    expect(assembly.readings().get('databases.d.lagAlerts')?.num).toBe(1);
    const alert = assembly.timeline.occurrences.find(({ what }) => what.includes('behind'));
    expect(alert?.at).toBeCloseTo(65, 1);
  });
});
