import { describe, expect, test } from 'vitest';
import { aftermathTexts, holdTexts } from '../../../src/report/reading/aftermath.ts';
import { folded } from '../../../src/report/reading/folded.ts';
import { incidentsOf } from '../../../src/report/reading/incident.ts';
import { Names } from '../../../src/report/reading/names.ts';
import { sinceText } from '../../../src/report/reading/since.ts';
import { timelineSection } from '../../../src/report/terminal/timeline.ts';
import { styleOf } from '../../../src/report/text/style.ts';
import type { FaultResult, OccurrenceResult, Result } from '../../../src/result/index.ts';

const lost: FaultResult = { name: 'lose-a', fault: 'region-outage', at: 300, until: 900 };

function resultOf(occurrences: OccurrenceResult[], faults: FaultResult[] = [lost]): Result {
  const result = { faults, timeline: { occurrences }, topology: { nodes: [] }, callers: [], metrics: {} };
  return result as unknown as Result;
}

const told = (result: Result, most?: number) => {
  const [incident] = incidentsOf(result, new Names(result), most);
  return incident.lines.map(({ at, text }) => `${at - 300} ${text}`);
};

const promoted = (shard: number): OccurrenceResult => ({
  at: 331 + shard,
  component: 'databases.trades',
  what: `copy 1 in b, shard ${shard} is primary`,
  sort: 'promoted',
  as: 'shards promoted in b',
  of: 10,
});

describe('what happened', () => {
  test('to several shards alike is told once, with how many of how many, and when the last one was', () => {
    const shards = Array.from({ length: 10 }, (_, shard) => promoted(shard));
    expect(told(resultOf(shards))).toEqual(['31 trades: 10 of 10 shards promoted in b, last T+0:40']);
    expect(told(resultOf(shards.slice(0, 1)))).toEqual(['31 trades: copy 1 in b, shard 0 is primary']);
  });

  test('again much later is told again', () => {
    const again = [promoted(0), promoted(1), { ...promoted(2), at: 800 }];
    expect(told(resultOf(again))).toEqual([
      '31 trades: 2 of 10 shards promoted in b, last T+0:32',
      '500 trades: copy 1 in b, shard 2 is primary',
    ]);
  });

  test('to a number step by step is told by where it began and ended', () => {
    const scaled = [4, 8, 16].map(
      (from, step): OccurrenceResult => ({
        at: 360 + 15 * step,
        component: 'services.web',
        what: `b ${from} → ${2 * from}: CPU`,
        sort: 'scaling',
        as: 'b scales',
        change: [from, 2 * from],
      }),
    );
    expect(folded(scaled, () => 300, false).map(({ text }) => text)).toEqual([
      'b scales 4 → 32 in 3 steps, last T+1:30',
    ]);
  });

  test('before the first fault is none of its lines', () => {
    expect(told(resultOf([{ at: 100, component: 'services.web', what: 'b 4 → 5: CPU' }]))).toEqual([]);
  });

  test('to callers is told with the recovery time of the last of them, where all are back', () => {
    const back = (at?: number) => ({ workload: 'w', origin: 'AP', ...(at !== undefined && { at }) });
    const recoveries = [
      { workload: 'w', origin: 'US', at: 420 },
      { workload: 'w', origin: 'EU', at: 420 },
    ];
    const all = resultOf([], [{ ...lost, recoveries: [...recoveries, back(450)] }]);
    expect(told(all)).toEqual([
      '120 w from US, w from EU back at 99%',
      '150 w from AP back at 99%: RTO 2:30',
    ]);
    const some = resultOf([], [{ ...lost, recoveries: [...recoveries, back()] }]);
    expect(told(some)).toEqual(['120 w from US, w from EU back at 99%']);
  });
});

describe('one fault after the other', () => {
  const begun = (name: string, at: number, what = 'begins'): OccurrenceResult => ({
    at,
    component: `faults.${name}`,
    what: `outage ${what}`,
    sort: 'fault',
  });
  const faults = [lost, { ...lost, name: 'lose-b' }, { ...lost, name: 'lose-c', at: 1000, until: 1100 }];

  test('tells beginning and end of each with it, also of two at the same time, and after the next has begun', () => {
    const result = resultOf(
      [
        begun('lose-a', 300),
        begun('lose-b', 300),
        begun('lose-c', 1000),
        begun('lose-a', 1200, 'ends'),
        promoted(0),
      ],
      faults,
    );
    const texts = incidentsOf(result, new Names(result)).map(({ lines }) => lines.map(({ text }) => text));
    expect(texts[0]).toEqual(['lose-a: outage begins', 'lose-a: outage ends']);
    expect(texts[1]).toEqual(['lose-b: outage begins', 'trades: copy 1 in b, shard 0 is primary']);
    expect(texts[2]).toEqual(['lose-c: outage begins']);
  });

  test('counts the time of what happened several times from the fault that it follows', () => {
    const late = [0, 1].map((shard) => ({ ...promoted(shard), at: 1010 + shard }));
    const result = resultOf(late, faults);
    const [, , { lines }] = incidentsOf(result, new Names(result));
    expect(lines.map(({ text }) => text)).toEqual(['trades: 2 of 10 shards promoted in b, last T+0:11']);
  });

  test('leaves some lines to each, however much happens after another', () => {
    const noise = Array.from({ length: 200 }, (_, at) => ({
      ...promoted(at),
      at: 310 + at,
      as: `odd ${at}`,
    }));
    const quiet = { at: 1020, component: 'services.x', what: 'all is well again' };
    const result = resultOf([...noise, quiet], faults);
    const [, , { lines }] = incidentsOf(result, new Names(result));
    expect(lines.map(({ text }) => text)).toEqual(['x: all is well again']);
  });
});

describe('an incident of many lines', () => {
  const ramp = (step: number): OccurrenceResult => ({
    at: 1000 + 60 * step,
    component: 'routing',
    what: `recovery of a: given ${step === 5 ? 'all' : `${10 + 20 * step}%`} of its traffic`,
    sort: 'ramp',
    as: 'recovery of a',
  });
  const steps = Array.from({ length: 6 }, (_, step) => ramp(step));

  test('tells the steps of a recovery together, and each of them where there is room', () => {
    expect(told(resultOf(steps))).toHaveLength(6);
    expect(told(resultOf(steps), 4)).toEqual([
      '700 recovery of a: given 10% of its traffic, then by and by given all of its traffic, in 6 steps, last T+16:40',
    ]);
  });

  test('leaves out what matters least, and counts it', () => {
    const noise = Array.from({ length: 50 }, (_, at) => ({
      at: 310 + at,
      component: 'services.x',
      what: `odd ${at}`,
    }));
    const result = resultOf([...noise, promoted(0), ...steps]);
    const [{ lines, left }] = incidentsOf(result, new Names(result), 10);
    expect(lines).toHaveLength(9);
    expect(left).toBe(43);
    expect(lines.map(({ text }) => text)).toContain('trades: copy 1 in b, shard 0 is primary');
  });

  test('is no longer on a terminal of 80 columns than one takes in, whatever happens, with a dozen faults', () => {
    const faults = Array.from(
      { length: 12 },
      (_, at): FaultResult => ({ ...lost, name: `fault-${at}`, at: 300 + 100 * at }),
    );
    const long =
      'something that takes more than the eighty columns of a line on a terminal to be told in full';
    const noise = Array.from({ length: 300 }, (_, at) => ({
      at: 300 + 4 * at,
      component: 'services.x',
      what: `${long} ${at}`,
      sort: 'health' as const,
    }));
    const result = resultOf(noise, faults);
    const lines = timelineSection(result, { names: new Names(result), columns: 80, style: styleOf(false) });
    // 40 for one fault, 6 for each further one.
    expect(lines.length).toBeLessThanOrEqual(40 + 6 * 11 + 2);
    expect(lines.length).toBeGreaterThan(20);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    for (const { name } of faults) expect(lines.join('\n')).toContain(`${name}, T is`);
  });
});

test('times since an onset are minutes and seconds, and hours where there are any', () => {
  expect([0, 59.99, 61, 3599, 3725].map(sinceText)).toEqual(['0:00', '0:59', '1:01', '59:59', '1:02:05']);
});

describe('an aftermath', () => {
  const endingAs = (runs: NonNullable<FaultResult['aftermath']>['runs']): FaultResult => ({
    ...lost,
    aftermath: {
      runs,
      stuck: runs.filter((state) => state === 'stuck').length,
      holds: [
        { sign: 'in-vain', of: 'workloads.w', before: 0.001, after: 0.934 },
        { sign: 'misses', of: 'caches.c.in.a', before: 0.12, after: 0.97 },
        { sign: 'waiting', of: 'services.s.in.a', before: 3, after: 8120, grows: true },
      ],
    },
  });

  test('tells in how many of the runs it was what, and says nothing of runs where all is over', () => {
    expect(aftermathTexts(endingAs(['recovered', 'recovered']))).toEqual([]);
    expect(aftermathTexts(endingAs(['stuck']))).toEqual(['stuck: not well again, though it is over']);
    expect(aftermathTexts(endingAs(['recovered', 'stuck', 'settling', 'stuck']))).toEqual([
      'stuck in 2 of 4 runs: not well again, though it is over',
      'settling in 1 of 4 runs: well again, not for long enough to be sure',
    ]);
  });

  test('tells what holds the system down, as it is and as it was before', () => {
    expect(holdTexts(endingAs(['stuck']), new Names(resultOf([])))).toEqual([
      'w: 93.4% of what is done is done for callers who have given up (0.1% before)',
      'c in a: 97% of the lookups find nothing (12% before)',
      's in a: 8.12k requests wait (3 before), and more and more',
    ]);
  });
});
