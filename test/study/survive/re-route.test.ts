import { describe, expect, test } from 'vitest';
import { staticReroute, worstFirst } from '../../../src/study/survive/re-route.ts';
import { designOf } from '../../models/harness.ts';
import { threeRegions } from './designs.ts';

const reroute = (yaml: string, region: string, zone?: number) =>
  staticReroute(designOf(yaml), 0, { region, ...(zone === undefined ? {} : { zone }) });

describe('a static re-route', () => {
  test('gives the calls of a lost region to the secondary of each origin', () => {
    const { takers, stranded, tightest } = reroute(threeRegions(), 'east');
    expect(takers).toEqual([{ region: 'west', share: expect.closeTo(0.6, 9) }]);
    expect(stranded).toBeCloseTo(0, 9);
    // 50/s × 20 ms on one core: 30% of it before, 90% with what was sent east.
    expect(tightest).toMatchObject({ id: 'services.shop', region: 'west' });
    expect(tightest?.before).toBeCloseTo(0.3, 9);
    expect(tightest?.utilization).toBeCloseTo(0.9, 9);
  });

  test('divides them by weights where the policy has weights', () => {
    const routing = '{ policy: weighted, weights: { east: 50%, west: 30%, south: 20% } }';
    const { takers } = reroute(threeRegions({ routing }), 'east');
    const shareOf = (region: string) => takers.find((taker) => taker.region === region)?.share ?? 0;
    // 0.5 divides 3 to 2; an origin's calls are looked at in 200 equal parts.
    expect(Math.abs(shareOf('west') - 0.3)).toBeLessThanOrEqual(1 / 200);
    expect(Math.abs(shareOf('south') - 0.2)).toBeLessThanOrEqual(1 / 200);
  });

  test('strands the calls whose data may go nowhere else', () => {
    const bound = threeRegions().replace(
      'call: shop.buy',
      'residency: { allow: [east] }\n    call: shop.buy',
    );
    expect(reroute(bound, 'east')).toMatchObject({ stranded: expect.closeTo(1, 9), takers: [] });
    expect(reroute(bound, 'west').stranded).toBeCloseTo(0, 9);
  });

  test('counts an autoscaled service at the most that it may become', () => {
    const manifest =
      '{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: shop }, spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop }, maxReplicas: 3, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } } }] } }';
    const scaled = threeRegions().replace('cpu: {', `autoscale: { manifest: ${manifest} }, cpu: {`);
    expect(reroute(scaled, 'east').tightest?.utilization).toBeCloseTo(0.3, 9);
  });

  test('moves no calls when a zone is lost, and leaves its region the cores of the other zones', () => {
    const { takers, stranded, tightest } = reroute(threeRegions(), 'east', 2);
    expect(takers).toEqual([]);
    expect(stranded).toBe(0);
    expect(tightest).toMatchObject({ region: 'east', utilization: expect.closeTo(0.9, 9) });
  });

  test('ranks losses by calls that are left over, then by the busiest survivor', () => {
    const order = (yaml: string) =>
      worstFirst(['south', 'west', 'east'].map((region) => reroute(yaml, region))).map(
        ({ lost }) => lost.region,
      );
    // Without east, west is 90% busy; without west, east 90% too; without south, east 70%: equals keep their order.
    expect(order(threeRegions())).toEqual(['west', 'east', 'south']);
    const bound = threeRegions().replace(
      'call: shop.buy',
      'residency: { allow: [south] }\n    call: shop.buy',
    );
    expect(order(bound)[0]).toBe('south');
  });
});
