import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runOf } from '../../harness.ts';
import { failingOver } from './scenario.ts';

const regions = ['home', 'near', 'far'] as const;

/** Copies by region, the primary among those of home. */
const copies = fc.record({
  home: fc.integer({ min: 1, max: 2 }),
  near: fc.integer({ min: 1, max: 2 }),
  far: fc.integer({ min: 1, max: 2 }),
});
type Copies = Record<(typeof regions)[number], number>;

const strokes = fc.array(
  fc.record({
    what: fc.constantFrom('primary', 'replica', 'region', 'cut'),
    where: fc.constantFrom(...regions),
    at: fc.integer({ min: 20, max: 200 }),
    lasting: fc.integer({ min: 5, max: 80 }),
  }),
  { minLength: 1, maxLength: 5 },
);
type Stroke =
  typeof strokes extends fc.Arbitrary<infer S> ? (S extends readonly (infer E)[] ? E : never) : never;

/** Copies that a stroke takes away at most. */
const taken = ({ what, where }: Stroke, there: Copies): number =>
  what === 'primary' || what === 'replica' ? 1 : there[where];

/** Whether of all copies a majority is alive and connected at any time, a minute of catching up included. */
function leaveAQuorum(list: readonly Stroke[], there: Copies): boolean {
  const all = there.home + there.near + there.far;
  return list.every(({ at }) => {
    const down = list
      .filter((each) => each.at <= at && at < each.at + each.lasting + 60)
      .reduce((sum, each) => sum + taken(each, there), 0);
    return (all - down) * 2 > all;
  });
}

function faultsOf(list: readonly Stroke[]): string {
  const words = ({ what, where }: Stroke) => {
    if (what === 'primary') return 'fault: primary-crash, database: d';
    if (what === 'region') return `fault: region-outage, region: ${where}`;
    const others = regions.filter((region) => region !== where);
    if (what === 'cut') return `fault: network-partition, groups: [[${where}], [${others.join(', ')}]]`;
    return `fault: replica-crash, database: d, region: ${where === 'home' ? 'near' : where}`;
  };
  return list
    .map(
      (stroke, at) => `f${at}: { ${words(stroke)}, at: ${stroke.at}s, for: ${stroke.lasting}s, settle: 1s }`,
    )
    .join(', ');
}

/** Two of one sort on the same copies at the same time are refused, and rightly; so is the crash of what is lost already. */
const areApart = (list: readonly Stroke[]): boolean =>
  list.every((one, at) =>
    list.slice(at + 1).every((other) => {
      const sorts = [one.what, other.what];
      const isSame = one.what === other.what || (sorts.includes('region') && sorts.includes('replica'));
      return !isSame || one.at + one.lasting < other.at || other.at + other.lasting < one.at;
    }),
  );

const disasters = fc
  .tuple(copies, strokes)
  .filter(([there, list]) => areApart(list) && leaveAQuorum(list, there));

const yamlOf = ([there, list]: [Copies, readonly Stroke[]], mode: string, fencing: string): string =>
  failingOver({
    faults: faultsOf(list),
    failover: `failover: { interval: 5s, promote: 3s, fencing: ${fencing} }`,
    replication: `, mode: ${mode}`,
    rate: '10/s',
    duration: '5m',
  }).replace(
    'replicas: { near: 1, far: 1 }',
    `replicas: { home: ${there.home - 1}, near: ${there.near}, far: ${there.far} }`,
  );

describe('whatever befalls copies of which a quorum lives', () => {
  it.each(['quorum', 'sync'])(
    'no acknowledged write is lost where writes are %s',
    (mode) => {
      let failovers = 0;
      fc.assert(
        fc.property(disasters, fc.integer({ min: 1, max: 1000 }), (disaster, seed) => {
          const run = runOf(yamlOf(disaster as [Copies, Stroke[]], mode, 'lease'), seed);
          const { num } = run.readings().get('databases.d.lostWrites') ?? {};
          expect(num).toBe(0);
          failovers += run.readings().get('databases.d.failovers')?.num ?? 0;
        }),
        { numRuns: 15, seed: 8 },
      );
      // They were put to the test.
      expect(failovers).toBeGreaterThan(5);
    },
    120_000,
  );

  it('all is as before when it is over', () => {
    fc.assert(
      fc.property(disasters, fc.constantFrom('async', 'quorum', 'sync'), (disaster, mode) => {
        const run = runOf(yamlOf(disaster as [Copies, Stroke[]], mode, 'lease').replace('5m', '12m'), 3);
        for (const place of [0, 1, 2])
          expect(
            (run.component('databases.d') as { isCaughtUp(place: number): boolean }).isCaughtUp(place),
          ).toBe(true);
      }),
      { numRuns: 8, seed: 8 },
    );
  }, 120_000);
});
