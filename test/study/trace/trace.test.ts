import { describe, expect, it, test } from 'vitest';
import { latencyParts } from '../../../src/report/trace/critical.ts';
import type { Trace, TraceOperation } from '../../../src/result/index.ts';
import { examplesOf } from '../../../src/study/examples-of.ts';
import { resultOf } from '../../../src/study/result-of.ts';
import { type RunRecord, simulateRun } from '../../../src/study/simulate-run.ts';
import { requestIdOf } from '../../../src/study/trace/request-id.ts';
import { traceSample } from '../../../src/study/trace/sample.ts';
import { traceRun } from '../../../src/study/trace/trace-run.ts';
import { scenarios } from './designs.ts';

const seed = 7;
const settings = { file: 'shop.yaml', version: '0', seed };
const resultFor = (name: keyof typeof scenarios, records: readonly RunRecord[]) =>
  resultOf(scenarios[name], records, { ...settings, alpha: 0.05 });

const records = {
  shop: [0, 1].map((run) => simulateRun(scenarios.shop, seed, run)),
  dying: [0, 1].map((run) => simulateRun(scenarios.dying, seed, run)),
};
const results = { shop: resultFor('shop', records.shop), dying: resultFor('dying', records.dying) };

/** One request, as `--trace-request` would trace it. */
function replayed(name: keyof typeof scenarios, id: string): TraceOperation {
  const request = requestIdOf(id);
  if (request === undefined) throw new Error(id);
  const wish = { named: new Set([request.operation]), share: 0, most: 0 };
  const { operations } = traceRun(scenarios[name], { ...settings, run: request.run, wish });
  expect(operations).toHaveLength(1);
  return operations[0];
}

const everything = (name: keyof typeof scenarios): Trace =>
  traceRun(scenarios[name], {
    ...settings,
    run: 0,
    wish: { named: new Set(), share: 1, most: Number.POSITIVE_INFINITY },
  });
const traces = { shop: everything('shop'), dying: everything('dying') };

const latency = ({ arrivedAt, endedAt }: TraceOperation) => (endedAt as number) - arrivedAt;

describe('a tracer', () => {
  test.each(['shop', 'dying'] as const)('changes nothing of the run that it records: %s', (name) => {
    expect(traces[name].fingerprint).toBe(records[name][0].fingerprint);
    expect(traces[name].operations.length).toBe(records[name][0].operations);
  });

  it('records the same operations each time, about as many as were wished for, and no more than allowed', () => {
    const sampled = (share: number, most: number) =>
      traceRun(scenarios.shop, { ...settings, run: 0, wish: { named: new Set(), share, most } }).operations;
    const ids = sampled(0.1, 10_000).map(({ id }) => id);
    expect(sampled(0.1, 10_000).map(({ id }) => id)).toEqual(ids);
    // A tenth of N, give or take four standard deviations of a binomial.
    const all = traces.shop.operations.length;
    expect(Math.abs(ids.length - 0.1 * all)).toBeLessThan(4 * Math.sqrt(all * 0.1 * 0.9));
    expect(sampled(0.1, 5).map(({ id }) => id)).toEqual(ids.slice(0, 5));
  });

  it('keeps at most so many threads of one operation, and says that there were more', () => {
    expect(traces.shop.operations.every(({ threads }) => threads.length <= 500)).toBe(true);
    expect(traces.shop.operations.some(({ threads }) => threads.some(({ isCut }) => isCut))).toBe(false);
  });
});

describe('what a request’s latency is made of', () => {
  test.each(['shop', 'dying'] as const)(
    'adds up to it to the nanosecond, in order and without a gap: %s',
    (name) => {
      const answered = traces[name].operations.filter(
        ({ endedAt, failure }) => endedAt !== null && failure === null,
      );
      expect(answered.length).toBeGreaterThan(100);
      for (const operation of answered) {
        const parts = latencyParts(operation);
        let at = operation.arrivedAt;
        for (const { from, to } of parts) {
          expect(from, operation.id).toBe(at);
          at = to;
        }
        expect(at, operation.id).toBe(operation.endedAt);
        expect(parts.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(latency(operation));
      }
    },
  );

  it('is, over all operations that are counted, what the waterfall says', () => {
    const from = 10e9;
    const counted = traces.shop.operations.filter(
      ({ arrivedAt, endedAt, failure }) =>
        arrivedAt >= from && arrivedAt < 90e9 && endedAt !== null && failure === null,
    );
    const sums = new Map<string, number>();
    for (const part of counted.flatMap(latencyParts)) {
      const key = `${part.station} ${part.phase}`;
      sums.set(key, (sums.get(key) ?? 0) + (part.to - part.from) / 1e9);
    }
    const [first] = resultFor('shop', records.shop.slice(0, 1)).waterfalls;
    expect(first.count).toBe(counted.length);
    for (const { station, phase, mean } of first.parts)
      expect((sums.get(`${station} ${phase}`) ?? 0) / counted.length, `${station} ${phase}`).toBeCloseTo(
        mean,
        9,
      );
  });
});

describe('spans', () => {
  it('nest: each lies in the one around it, and each part in its span', () => {
    for (const { threads } of [...traces.shop.operations, ...traces.dying.operations])
      for (const { spans, parts, from, to } of threads) {
        for (const span of spans) {
          expect(span.from).toBeLessThanOrEqual(span.to);
          if (span.around < 0) continue;
          expect(span.from).toBeGreaterThanOrEqual(spans[span.around].from);
          expect(span.to).toBeLessThanOrEqual(spans[span.around].to);
        }
        for (const part of parts) {
          const around = part.span < 0 ? { from, to } : spans[part.span];
          expect(part.from).toBeGreaterThanOrEqual(around.from);
          expect(part.to).toBeLessThanOrEqual(around.to);
        }
      }
  });

  it('are of the region where they lie, and the way there lies before them', () => {
    const primary = traces.shop.operations
      .flatMap(({ threads }) => threads)
      .find(
        ({ place, spans }) =>
          place === 'eu-west' && spans.some(({ name }) => name === 'orders shard 1, primary'),
      );
    const span = primary?.spans.find(({ name }) => name === 'orders shard 1, primary');
    expect(span?.place).toBe('us-east');
    const way = primary?.parts.find(({ to }) => to === span?.from);
    expect(way?.station).toBe('network');
    // Virginia and Ireland are some 70 ms apart, there and back.
    expect((way?.to ?? 0) - (way?.from ?? 0)).toBeGreaterThan(30e6);
  });

  it('has what an instance had called work on alone when it dies', () => {
    const alone = traces.dying.operations.flatMap(({ threads }) =>
      threads.filter(({ name }) => name === 'works on alone'),
    );
    expect(alone.every(({ isAwaited }) => !isAwaited)).toBe(true);
    const crashed = traces.dying.operations.filter(({ attempts }) =>
      attempts.some(({ failure }) => failure === 'crashed'),
    );
    expect(crashed.length).toBeGreaterThan(0);
  });

  it('has queueing and service apart, async lists that nobody waits for, and attempts that were given up', () => {
    const { threads, parts } = {
      threads: traces.shop.operations.flatMap((operation) => operation.threads),
      parts: traces.shop.operations.flatMap((operation) =>
        operation.threads.flatMap((thread) => thread.parts),
      ),
    };
    const phases = new Set(parts.map(({ station, phase, waits }) => `${station} ${phase} ${waits}`));
    expect([...phases]).toEqual(
      expect.arrayContaining([
        'services.match-service waits for a thread true',
        'services.match-service waits for a core true',
        'services.match-service works false',
        'databases.orders waits for a connection true',
      ]),
    );
    expect(threads.some(({ name, isAwaited }) => name === 'async' && !isAwaited)).toBe(true);
    expect(threads.some(({ givenUp }) => givenUp?.reason === 'timed-out')).toBe(true);
    const retried = traces.shop.operations.filter(({ attempts }) => attempts.length > 1);
    expect(retried.length).toBeGreaterThan(0);
    for (const { attempts } of retried)
      for (const { failure } of attempts.slice(0, -1)) expect(failure).not.toBeNull();
  });

  it('tells what a flush did that several requests share', () => {
    const shared = traces.dying.operations.flatMap(({ threads }) =>
      threads.flatMap(({ parts }) => parts.filter(({ isShared }) => isShared)),
    );
    expect(shared.map(({ station }) => station)).toContain('databases.notes');
  });
});

describe('examples', () => {
  it('of p99 are as slow as the p99, to a bucket of the waterfall', () => {
    for (const { examples = [], metrics } of Object.values(results)) {
      const example = examples.find(({ reason }) => reason === 'p99');
      const [workload] = examples.map((each) => each.workload);
      const { value } = metrics[`workloads.${workload}.latency.p99`];
      const p99 = value ?? metrics[`workloads.${workload}.answeredLatency.p99`].value;
      // A bucket is a thirty-second of an octave wide: 2.2%.
      expect(Math.abs((example?.latency ?? 0) / (p99 ?? 0) - 1)).toBeLessThan(2 ** (1 / 32) - 1);
    }
  });

  it('are replayed: each has the latency, the outcome and the reason that the report names', () => {
    for (const name of ['shop', 'dying'] as const) {
      const { examples = [] } = results[name];
      expect(examples.length).toBeGreaterThanOrEqual(2);
      for (const example of examples) {
        const operation = replayed(name, example.operation);
        expect(operation.id).toBe(example.operation);
        expect(latency(operation) / 1e9).toBe(example.latency);
        expect(operation.failure).toBe(example.outcome === 'answered' ? null : example.reason);
      }
    }
  });

  it('are one of each kind of failure', () => {
    for (const { examples = [], failures } of Object.values(results)) {
      const failed = examples.filter(({ outcome }) => outcome !== 'answered').map(({ reason }) => reason);
      expect(failed.sort()).toEqual(failures.map(({ reason }) => reason).sort());
    }
    const reasons = (results.shop.examples ?? []).map(({ reason }) => reason);
    expect(reasons).toEqual(expect.arrayContaining(['p99', 'slowest', 'timed-out', 'rejected']));
  });

  it('of what never ends are the one that has been under way longest', () => {
    const overloaded = scenarios.overloaded;
    const [record] = [simulateRun(overloaded, seed, 0)];
    const examples = examplesOf([record], {});
    const unfinished = examples.find(({ outcome }) => outcome === 'unfinished');
    expect(unfinished).toMatchObject({ reason: 'unfinished', latency: null });
    const request = requestIdOf(unfinished?.operation ?? '');
    const { operations } = traceRun(overloaded, {
      ...settings,
      run: 0,
      wish: { named: new Set([request?.operation ?? '']), share: 0, most: 0 },
    });
    expect(operations[0].endedAt).toBeNull();
    expect(operations[0].threads[0].to).toBeGreaterThan(operations[0].arrivedAt);
  });

  it('are the slowest of all runs', () => {
    const example = results.shop.examples?.find(({ reason }) => reason === 'slowest');
    const slowest = Math.max(
      ...traces.shop.operations
        .filter(
          ({ arrivedAt, endedAt, failure }) =>
            arrivedAt >= 10e9 && arrivedAt < 90e9 && endedAt !== null && failure === null,
        )
        .map((operation) => latency(operation) / 1e9),
    );
    expect(example?.latency).toBeGreaterThanOrEqual(slowest);
    if (example?.run === 1) expect(example.latency).toBe(slowest);
  });
});

describe('a sample', () => {
  it('is of the first run: about a hundred operations, and its own examples among them, with why', () => {
    const trace = traceSample(scenarios.shop, records.shop[0], results.shop, settings);
    expect(trace.fingerprint).toBe(records.shop[0].fingerprint);
    expect(trace.operations.length).toBeGreaterThan(60);
    expect(trace.operations.length).toBeLessThanOrEqual(210);
    const reasons = trace.operations.flatMap(({ reason }) => reason ?? []);
    expect(reasons).toEqual(expect.arrayContaining(['p99', 'slowest', 'timed-out', 'rejected']));
    const named =
      results.shop.examples?.filter(({ run }) => run === 1).map(({ operation }) => operation) ?? [];
    expect(trace.operations.map(({ id }) => id)).toEqual(expect.arrayContaining(named));
  });

  it('refuses to trace a run that is another one', () => {
    const other = { ...records.shop[0], fingerprint: 'dead-beef' };
    expect(() => traceSample(scenarios.shop, other, results.shop, settings)).toThrow('another one');
  });
});

describe('the id of a request', () => {
  test.each([
    ['1-4e74c038-1a7b', { run: 0, operation: '4e74c038-1a7b' }],
    ['12-0000002A-0f', { run: 11, operation: '2a-f' }],
    ['0-1-1', undefined],
    ['1-xyz-1', undefined],
    ['7', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(requestIdOf(text)).toEqual(expected);
  });
});
