import { beforeAll, describe, expect, it } from 'vitest';
import { displayWidth } from '../../../src/report/text/width.ts';
import type { ChromeEvent } from '../../../src/report/trace/chrome.ts';
import { chromeTrace } from '../../../src/report/trace/chrome.ts';
import { storyOf } from '../../../src/report/trace/story.ts';
import type { Trace } from '../../../src/result/index.ts';
import { traceRun } from '../../../src/study/trace/trace-run.ts';
import { scenarios } from '../../study/trace/designs.ts';

const traced = (name: keyof typeof scenarios, share: number): Trace =>
  traceRun(scenarios[name], {
    file: `${name}.yaml`,
    version: '0.0.0',
    seed: 7,
    run: 0,
    wish: { named: new Set(), share, most: 1000 },
  });

let shop: Trace;
let all: Trace[];
beforeAll(() => {
  shop = traced('shop', 0.05);
  all = [shop, traced('dying', 0.3), traced('overloaded', 0.02)];
});

interface File {
  readonly displayTimeUnit: string;
  readonly otherData: Record<string, unknown>;
  readonly traceEvents: readonly ChromeEvent[];
}

const fileOf = (trace: Trace): File => JSON.parse(chromeTrace(trace)) as File;
const slicesOf = ({ traceEvents }: File) =>
  traceEvents.filter(({ ph }) => ph === 'X') as (ChromeEvent & { ts: number; dur: number })[];

/** Nanoseconds: whole numbers, as sums of microseconds are not. */
const ns = (micros: number): number => Math.round(micros * 1000);

describe('a trace for Perfetto', () => {
  it('has what the Trace Event Format asks of each event', () => {
    for (const trace of all) {
      const { traceEvents, displayTimeUnit, otherData } = fileOf(trace);
      expect(displayTimeUnit).toBe('ms');
      expect(otherData).toMatchObject({ seed: 7, run: 1, fingerprint: trace.fingerprint });
      expect(traceEvents.length).toBeGreaterThan(trace.operations.length);
      for (const event of traceEvents) {
        expect(event.name.length).toBeGreaterThan(0);
        expect(Number.isInteger(event.pid) && event.pid > 0).toBe(true);
        expect(Number.isInteger(event.tid)).toBe(true);
        if (event.ph === 'M') continue;
        expect(Number.isFinite(event.ts) && (event.ts as number) >= 0).toBe(true);
        if (event.ph === 'X') expect(Number.isFinite(event.dur) && (event.dur as number) >= 0).toBe(true);
        else expect(Number.isInteger(event.id)).toBe(true);
      }
    }
  });

  it('has slices of one track either in each other or apart, the outer one first', () => {
    for (const trace of all) {
      const tracks = new Map<string, { from: number; to: number }[]>();
      for (const { pid, tid, ts, dur, name } of slicesOf(fileOf(trace))) {
        const key = `${pid} ${tid}`;
        const open = tracks.get(key) ?? [];
        tracks.set(key, open);
        const slice = { from: ns(ts), to: ns(ts) + ns(dur) };
        while (open.length > 0 && (open.at(-1)?.to as number) <= slice.from) open.pop();
        const around = open.at(-1);
        if (around !== undefined) expect(slice.to, `${key} ${name}`).toBeLessThanOrEqual(around.to);
        open.push(slice);
      }
    }
  });

  it('has events of a process in order of time', () => {
    const last = new Map<number, number>();
    for (const { pid, ph, ts = 0 } of fileOf(shop).traceEvents) {
      if (ph === 'M') continue;
      expect(ts).toBeGreaterThanOrEqual(last.get(pid) ?? 0);
      last.set(pid, ts);
    }
  });

  it('has both ends of every arrow in a slice, the second not before the first', () => {
    for (const trace of all) {
      const file = fileOf(trace);
      const slices = new Map<string, { from: number; to: number }[]>();
      for (const { pid, tid, ts, dur } of slicesOf(file)) {
        const key = `${pid} ${tid}`;
        slices.set(key, [...(slices.get(key) ?? []), { from: ns(ts), to: ns(ts + dur) }]);
      }
      const ends = new Map<number, ChromeEvent[]>();
      for (const event of file.traceEvents)
        if (event.id !== undefined) ends.set(event.id, [...(ends.get(event.id) ?? []), event]);
      expect(ends.size).toBeGreaterThan(0);
      for (const pair of ends.values()) {
        expect(pair.map(({ ph }) => ph)).toEqual(['s', 'f']);
        expect(pair[1].ts).toBeGreaterThanOrEqual(pair[0].ts as number);
        for (const { pid, tid, ts = 0 } of pair) {
          const inside = slices.get(`${pid} ${tid}`)?.some(({ from, to }) => from <= ns(ts) && ns(ts) <= to);
          expect(inside).toBe(true);
        }
      }
    }
  });

  it('has a named process a request and a named track a place, with arrows across regions and to async lists', () => {
    const { traceEvents } = fileOf(shop);
    const names = (what: string) =>
      traceEvents.filter(({ name }) => name === what).map(({ args }) => args?.name);
    expect(names('process_name')).toHaveLength(shop.operations.length);
    expect(names('process_name')[0]).toMatch(/^orders 1-[0-9a-f]+-[0-9a-f]+: [\d.]+ (ms|s)$/);
    expect(names('thread_name')).toEqual(
      expect.arrayContaining(['caller in US', 'attempt 1 in us-east', 'branch 1 of attempt 1 in us-east']),
    );
    const crossings = traceEvents.filter(({ ph, name }) => ph === 's' && name === 'crosses');
    expect(crossings.length).toBeGreaterThan(0);
    expect(traceEvents.some(({ ph, name }) => ph === 's' && name === 'async')).toBe(true);
    const categories = new Set(slicesOf(fileOf(shop)).map(({ cat }) => cat));
    expect([...categories].sort()).toEqual([
      'async',
      'call',
      'caller',
      'network',
      'queueing',
      'service',
      'thread',
    ]);
  });

  it('has the same bytes each time', () => {
    expect(chromeTrace(traced('shop', 0.05))).toBe(chromeTrace(shop));
  });
});

describe('a story', () => {
  it('fits into 80 columns, whatever happened', () => {
    for (const trace of all) {
      for (const operation of trace.operations.slice(0, 60)) {
        const text = storyOf(trace, operation, { color: false, columns: 80 });
        expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
        expect(text).not.toMatch(/undefined|NaN|null/);
      }
    }
  });

  it('reads like this', async () => {
    const retried = shop.operations.find(
      ({ attempts, failure, place }) => attempts.length > 1 && failure === null && place === 'EU',
    );
    const failed = shop.operations.find(({ failure }) => failure !== null);
    const usual = shop.operations.find(({ attempts, place }) => attempts.length === 1 && place === 'EU');
    const told = [usual, retried, failed].flatMap((operation) =>
      operation === undefined ? [] : [storyOf(shop, operation, { color: false, columns: 80 })],
    );
    expect(told).toHaveLength(3);
    await expect(told.join('\n')).toMatchFileSnapshot('../../golden/trace/stories.txt');
  });
});
