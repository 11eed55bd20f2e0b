import { describe, expect, it } from 'vitest';
import { hpa } from '../../../src/models/algorithms/scaling/hpa.ts';
import type { HpaState } from '../../../src/models/algorithms/scaling/hpa-state.ts';
import { Assembly } from '../../../src/models/assemble.ts';
import { callRates } from '../../../src/models/load.ts';
import type { Look } from '../../../src/models/services/autoscaler.ts';
import type { ServiceConfig } from '../../../src/models/services/config.ts';
import { specOf } from '../../../src/models/services/manifest.ts';
import type { ServiceModel } from '../../../src/models/services/model.ts';
import { designOf, readingOf } from '../harness.ts';

const second = 1e9;

interface Setting {
  run?: string;
  arrivals: string;
  metrics?: string;
  behavior?: string;
  max?: number;
  cpu?: string;
  rest?: string;
}

const cpu60 =
  '{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } } }';

/** Each call takes 100 ms of a core; an instance may use two cores and requests one. */
const yaml = ({
  run,
  arrivals,
  metrics = cpu60,
  behavior,
  max = 100,
  cpu = 'cpu: { cores: 2, request: 1 },',
  rest = '',
}: Setting) => `
name: test
run: { ${run ?? 'duration: 30m, warmUp: 1m'} }
regions: { here: us-east-1 }
workloads: { a: { arrivals: { ${arrivals} }, call: desk.serve } }
services:
  desk:
    { ${cpu} startup: 20s,
      autoscale: { manifest: { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: {
        minReplicas: 2, maxReplicas: ${max}, metrics: [ ${metrics} ]${behavior === undefined ? '' : `, behavior: ${behavior}`} } } },
      operations: { serve: [ { work: 100ms } ] } }
${rest}`;

function watched(text: string, seed = 1): { run: Assembly; looks: Look[]; spec: ReturnType<typeof specOf> } {
  const design = designOf(text);
  const run = new Assembly(design, seed, 0);
  const looks: Look[] = [];
  run.component<ServiceModel>('services.desk').scaling.watch = (_region, look) => looks.push(look);
  run.run();
  const { autoscale } = design.entry<ServiceConfig>('services', 'desk') as ServiceConfig;
  return { run, looks, spec: specOf((autoscale as { manifest: Parameters<typeof specOf>[0] }).manifest) };
}

/** What the pure reducer does of the same observations. */
function replayed(looks: readonly Look[], spec: ReturnType<typeof specOf>): number[] {
  const look = hpa(spec);
  let state: HpaState | undefined;
  return looks.map(({ now, currentReplicas, readings }) => {
    const decision = look(state, { now, currentReplicas, readings });
    state = decision.state;
    return decision.desired;
  });
}

/** Monday 05:00 to 06:00 has 0.231 of the mean, 06:00 to 07:00 has 0.571: the load grows 2.47 times at ten minutes. */
const growing = 'duration: 35m, warmUp: 1m, start: 2026-01-05T05:50Z';
const stepAt = 600 * second;
const week = (rate: string) => `rate: ${rate}, process: deterministic, profile: { shape: week }`;

/** Cores that the load of an instant asks for. */
const loadOf = (text: string): ((instant: string) => number) => {
  const design = designOf(text);
  return (instant) =>
    0.1 *
    (callRates(design, Date.parse(instant) / 1000)
      .get('desk.serve')
      ?.get('here') ?? Number.NaN);
};

describe.each([
  ['without behavior', undefined],
  ['with behavior', '{ scaleUp: { policies: [ { type: Pods, value: 2, periodSeconds: 60 } ] } }'],
])('a step in load, %s', (_name, behavior) => {
  const text = yaml({ run: growing, arrivals: week('160/s'), behavior });
  const { looks, spec } = watched(text);
  const before = looks.filter(({ now }) => now < stepAt);
  const after = looks.filter(({ now }) => now >= stepAt);
  const load = loadOf(text)('2026-01-05T06:15Z');

  it('is answered as the pure reducer answers the same observations', () => {
    expect(looks.map(({ desired }) => desired)).toEqual(replayed(looks, spec));
    for (let at = 1; at < looks.length; at += 1) {
      expect(looks[at].now - looks[at - 1].now).toBe(15 * second);
      expect(looks[at].currentReplicas).toBe(looks[at - 1].desired);
    }
  });

  it('changes nothing before, and is seen within a scrape and a look', () => {
    expect(new Set(before.map(({ desired }) => desired)).size).toBe(1);
    const first = after.find(({ desired, currentReplicas }) => desired > currentReplicas);
    expect((first?.now ?? 0) - stepAt).toBeLessThanOrEqual(45 * second);
  });

  it('ends at a count that the formula calls on target', () => {
    const last = looks.at(-1)?.desired ?? 0;
    const percent = Math.floor((100 * load) / last);
    expect(Math.abs(1 - percent / 60)).toBeLessThanOrEqual(0.1);
    expect(last).toBeGreaterThan(2 * before[0].desired);
  });

  it('is seen as it is: the pods use together what the load asks for', () => {
    const [reading] = looks.at(-1)?.readings ?? [];
    const pods = 'pods' in reading ? reading.pods : [];
    const use = pods.reduce((sum, { usage }) => sum + (usage ?? 0), 0);
    // 15 s hold about 1,100 calls; a call of each instance at either edge of the window makes 2%.
    expect(Math.abs(use / load - 1)).toBeLessThan(0.02);
  });

  it('grows no faster than it may', () => {
    for (const { currentReplicas, desired } of looks) {
      expect(desired).toBeLessThanOrEqual(
        behavior === undefined ? Math.max(2 * currentReplicas, 4) : currentReplicas + 2,
      );
    }
  });
});

describe('a load that falls', () => {
  it('is followed after the five minutes for which the last recommendation holds, not before', () => {
    // Monday ends with 1.227 × 0.883 of the mean, Tuesday begins with 0.737 × 0.945.
    const { looks, spec } = watched(
      yaml({ run: 'duration: 20m, warmUp: 1m, start: 2026-01-05T23:55Z', arrivals: week('80/s') }),
    );
    expect(looks.map(({ desired }) => desired)).toEqual(replayed(looks, spec));
    const fallAt = 300 * second;
    const first = looks.find(({ desired, currentReplicas }) => desired < currentReplicas);
    const wait = ((first?.now ?? 0) - fallAt) / second;
    expect(wait).toBeGreaterThan(300 - 15);
    expect(wait).toBeLessThanOrEqual(300 + 45);
    expect(looks.some(({ desired, currentReplicas }) => desired > currentReplicas)).toBe(false);
  });
});

describe('a steady load', () => {
  it.each([1, 2, 3])('begins at the fixed point and stays there (seed %i)', (seed) => {
    // 12 cores at 60%: twenty instances. The 1,800 calls of a scrape vary by 2.4%; the tolerance is 10%.
    const { run, looks } = watched(yaml({ run: 'duration: 15m, warmUp: 1m', arrivals: 'rate: 120/s' }), seed);
    expect(new Set(looks.map(({ desired }) => desired))).toEqual(new Set([20]));
    expect(readingOf(run, 'services.desk.in.here.instances')).toBe(20);
    expect(run.readings().get('services.desk.scaleUps')?.num).toBe(0);
    expect(run.readings().get('services.desk.scaleDowns')?.num).toBe(0);
  });

  it('is spread by requests a second where the pods’ metric asks for more', () => {
    const requests =
      '{ type: Pods, pods: { metric: { name: requests_per_second }, target: { type: AverageValue, averageValue: "5" } } }';
    const both = watched(
      yaml({
        arrivals: 'rate: 120/s, process: deterministic',
        metrics: `${cpu60}, ${requests}`,
        run: 'duration: 5m, warmUp: 1m',
      }),
    );
    expect(both.looks.at(-1)?.desired).toBe(24);
    const alone = watched(
      yaml({
        arrivals: 'rate: 120/s, process: deterministic',
        metrics: requests,
        cpu: '',
        run: 'duration: 5m, warmUp: 1m',
      }),
    );
    expect(alone.looks.at(-1)?.desired).toBe(24);
  });

  it('from a cold start begins with the instances it is given and climbs by doubling', () => {
    const { looks } = watched(
      yaml({ run: 'duration: 10m, warmUp: 1m, begin: empty', arrivals: 'rate: 120/s' }),
    );
    const counts = [...new Set(looks.map(({ currentReplicas }) => currentReplicas))];
    expect(counts[0]).toBe(2);
    expect(counts[1]).toBe(4);
    expect(looks.at(-1)?.desired).toBeGreaterThanOrEqual(20);
  });

  it('that needs more than may be is refused at every look, and noted once', () => {
    const { run, looks } = watched(
      yaml({ run: 'duration: 15m, warmUp: 1m', arrivals: 'rate: 120/s, process: deterministic', max: 12 }),
    );
    expect(new Set(looks.map(({ desired }) => desired))).toEqual(new Set([12]));
    // A look every 15 s over 14 minutes.
    expect(run.readings().get('services.desk.scalingRefused')?.num).toBe(56);
    const notes = run.timeline.occurrences.filter(({ what }) => what.includes('at most'));
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({ component: 'services.desk', what: 'here 12 at most: cpu 100% of 60%' });
  });
});

describe('what scales', () => {
  it('is noted with the reason', () => {
    const { run } = watched(yaml({ run: growing, arrivals: week('160/s') }));
    const notes = run.timeline.occurrences.filter(({ component }) => component === 'services.desk');
    expect(notes[0].what).toMatch(/^here \d+ → \d+: cpu \d+% of 60%$/);
    const ups = run.readings().get('services.desk.in.here.scaleUps')?.num ?? 0;
    expect(notes.filter(({ what }) => what.includes('→'))).toHaveLength(ups);
  });

  it('begins in each region with what that region is sent, by the scenario’s own routing', () => {
    const text = yaml({
      run: 'duration: 2m, warmUp: 1m',
      arrivals: 'rate: 120/s',
      rest: 'routing: { policy: weighted, weights: { here: 75%, there: 25% } }',
    }).replace('regions: { here: us-east-1 }', 'regions: { here: us-east-1, there: eu-west-1 }');
    const run = new Assembly(designOf(text), 1, 0);
    const model = run.component<ServiceModel>('services.desk');
    expect([model.fleetIn('here').size, model.fleetIn('there').size]).toEqual([15, 5]);
  });
});

describe('the month of an autoscaled fleet', () => {
  it('has the nodes of its fixed point, hour by hour', () => {
    const text = yaml({
      run: 'duration: 20m, warmUp: 2m, start: 2026-01-09T19:10Z',
      arrivals: week('120/s'),
      rest: 'pools: { web: { node: { name: box, cores: 1 }, system: 0 } }\nprices: { override: { box on-demand: $1 } }',
    }).replace('{ cpu:', '{ pool: web, cpu:');
    const run = new Assembly(designOf(text), 1, 0);
    run.run();
    const [row] = run.costs;
    // By hand: instances of one core on nodes of one core, at 60% of the load of each hour of the week, within tolerance.
    const load = loadOf(text);
    const loads = Array.from({ length: 168 }, (_, hour) =>
      load(new Date(Date.UTC(2026, 0, 5, hour, 30)).toISOString()),
    );
    const least = loads.reduce((sum, load) => sum + Math.max(2, load / 0.66), 0) / 168;
    const most = loads.reduce((sum, load) => sum + Math.max(2, load / 0.54 + 1), 0) / 168;
    expect((row.month ?? 0) / 730).toBeGreaterThan(least);
    expect((row.month ?? 0) / 730).toBeLessThan(most);
    // The run itself saw Friday evening, well above the mean.
    expect(row.hour).toBeGreaterThan(1.3 * ((row.month ?? 0) / 730));
    expect(row.basis).toBe('extrapolated');
  });
});
