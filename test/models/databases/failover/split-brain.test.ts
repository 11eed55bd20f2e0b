import { describe, expect, it } from 'vitest';
import { readingOf, runOf } from '../../harness.ts';
import { failingOver } from './scenario.ts';

/** `home`, with its callers, is cut off from the other regions for 100 s. */
const parted = (fencing: string, mode = 'async', replicas = '{ near: 1, far: 1 }') =>
  runOf(
    failingOver({
      faults:
        'f: { fault: network-partition, groups: [[home], [near, far]], at: 60s, for: 100s, settle: 10s }',
      failover: `failover: { fencing: ${fencing} }`,
      replication: `, mode: ${mode}`,
    }).replace('{ near: 1, far: 1 }', replicas),
  );

const totalOf = (assembly: ReturnType<typeof parted>, metric: string) =>
  assembly.readings().get(`databases.d.${metric}`)?.num as number;

/** When the new primary was made, and when the old one heard of it, in seconds. */
const instants = ({ timeline }: ReturnType<typeof parted>) => {
  const at = (words: string) => timeline.occurrences.find(({ what }) => what.includes(words))?.at as number;
  return { judged: at('is judged dead'), promoted: at('is primary:'), heard: at('is primary no more') };
};

describe('a primary that lives on behind a cut', () => {
  it('accepts nothing once its lease has run out: there is never a second history', () => {
    const assembly = parted('lease');
    expect(totalOf(assembly, 'splitBrainWrites')).toBe(0);
    const { judged } = instants(assembly);
    // What it acknowledged until its lease ran out, and 40 ms before the cut were on their way and arrived.
    expect(readingOf(assembly, 'databases.d.rpo')).toBeCloseTo(judged - 60, 0);
    expect(totalOf(assembly, 'lostWrites')).toBeGreaterThan(100 * (judged - 60) * 0.8);
    expect(totalOf(assembly, 'discardedWrites')).toBe(totalOf(assembly, 'lostWrites'));
  });

  it('undoes nothing before it hears of the new one, when the cut is over', () => {
    const { heard } = instants(parted('lease'));
    expect(heard).toBeGreaterThan(160);
    expect(heard).toBeLessThanOrEqual(170);
  });

  it.each(['lease', 'none'])(
    'finds no successor in its own region, which has heard of none (%s)',
    (fencing) => {
      const assembly = parted(fencing, 'async', '{ home: 1, near: 1, far: 1 }');
      expect(totalOf(assembly, 'failovers')).toBe(1);
      const { promoted, judged } = instants(assembly);
      const rest = fencing === 'lease' ? judged : 160;
      // Acknowledged up to the end of the lease, or of the cut: none after that, and none by a third primary.
      const lost = totalOf(assembly, 'lostWrites');
      expect(Math.abs(lost - 100 * (rest - 60))).toBeLessThan(4 * Math.sqrt(100 * (rest - 60)));
      expect(promoted).toBeGreaterThan(judged);
    },
  );

  it('goes on without fencing, and all of it is lost when it hears of the new one', () => {
    const assembly = parted('none');
    const { promoted, heard } = instants(assembly);
    expect(heard).toBeGreaterThan(160);
    expect(heard).toBeLessThanOrEqual(170);
    // A hundred a second to those who can reach only it: until the cut ends, when callers know the new one.
    const split = totalOf(assembly, 'splitBrainWrites');
    expect(split).toBeGreaterThan(100 * (160 - promoted) - 4 * Math.sqrt(100 * (160 - promoted)));
    expect(split).toBeLessThan(100 * (160 - promoted) + 4 * Math.sqrt(100 * (160 - promoted)));
    expect(totalOf(assembly, 'lostWrites')).toBeGreaterThan(split);
    expect(totalOf(assembly, 'discardedWrites')).toBe(totalOf(assembly, 'lostWrites'));
    expect(readingOf(assembly, 'faults.f.rpo')).toBeCloseTo(100, 0);
  });

  it.each(['quorum', 'sync'])('acknowledges nothing alone where writes are %s, fenced or not', (mode) => {
    for (const fencing of ['lease', 'none']) {
      const assembly = parted(fencing, mode);
      expect(totalOf(assembly, 'lostWrites')).toBe(0);
      expect(totalOf(assembly, 'discardedWrites')).toBeGreaterThan(0);
    }
  });
});

describe('a region without the primary that is cut off', () => {
  it.each(['lease', 'none'])(
    'judges nobody dead: it is itself that reaches too few of the others (%s)',
    (fencing) => {
      const cut = (groups: string) =>
        totalOf(
          runOf(
            failingOver({
              faults: `f: { fault: network-partition, groups: ${groups}, at: 60s, for: 100s, settle: 10s }`,
              failover: `failover: { fencing: ${fencing} }`,
            }),
          ),
          'failovers',
        );
      expect(cut('[[far], [home, near]]')).toBe(0);
      // Together with another one it is most of them.
      expect(cut('[[far, near], [home]]')).toBe(1);
    },
  );
});

describe('two faults close together', () => {
  it('leave what one of them causes later to that one, also where the other began in between', () => {
    const run = (second: string) =>
      runOf(
        failingOver({
          faults: `cut: { fault: network-partition, groups: [[home], [near, far]], at: 60s, for: 100s, settle: 10s }, other: ${second}`,
          failover: 'failover: { fencing: none }',
        }),
      );
    // Before anybody can have looked three times; and when the new primary has just been made.
    for (const at of ['60.1s', '75s', '100s']) {
      const assembly = run(
        `{ fault: link-slow, from: near, to: far, added: 10ms, at: ${at}, for: 5s, settle: 1s }`,
      );
      const of = (id: string) => assembly.readings().get(id)?.num as number;
      expect(of('faults.cut.lostWrites'), at).toBe(totalOf(assembly, 'lostWrites'));
      expect(of('faults.cut.lostWrites'), at).toBeGreaterThan(0);
      expect(of('faults.other.lostWrites'), at).toBe(0);
      expect(of('faults.cut.detect'), at).toBeGreaterThan(20);
      expect(of('faults.cut.promote'), at).toBeCloseTo(30, 6);
      expect(of('faults.other.promote') || 0, at).toBe(0);
    }
  });

  it('leave to the one that killed the primary what it lost, though others began before and after', () => {
    const assembly = runOf(
      failingOver({
        faults: `slow: { fault: link-slow, from: home, to: near, added: 2s, at: 58s, for: 100s, settle: 1s },
          dies: { fault: primary-crash, database: d, at: 62s, settle: 10s },
          surge: { fault: link-slow, from: near, to: far, added: 10ms, at: 62.5s, for: 5s, settle: 1s }`,
      }),
    );
    const of = (id: string) => assembly.readings().get(id)?.num as number;
    expect(of('faults.dies.lostWrites')).toBe(totalOf(assembly, 'lostWrites'));
    expect(of('faults.dies.lostWrites')).toBeGreaterThan(0);
    expect(of('faults.slow.lostWrites') + of('faults.surge.lostWrites')).toBe(0);
  });
});
