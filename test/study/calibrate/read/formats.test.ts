import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, test } from 'vitest';
import { formats } from '../../../../src/study/calibrate/read/formats.ts';
import type { Reading, ReadOptions } from '../../../../src/study/calibrate/read/reading.ts';

const plain: ReadOptions = { arrivals: false, openLoop: false, labels: {} };

/** Reads as the command does: by what recognises the text. */
const read = (text: string, options: Partial<ReadOptions> = {}) =>
  formats.find((format) => format.recognises(text))?.read('file', text, { ...plain, ...options });

const reading = (text: string, options: Partial<ReadOptions> = {}): Reading => {
  const found = read(text, options);
  if (found === undefined || Array.isArray(found)) throw new Error(JSON.stringify(found));
  return found as Reading;
};

const messages = (text: string, options: Partial<ReadOptions> = {}): string[] => {
  const found = read(text, options);
  if (!Array.isArray(found)) throw new Error('it was read');
  return found.map(({ line, column, message, hint = '' }) => `${line}:${column} ${message} ${hint}`.trim());
};

describe('CSV', () => {
  test('takes the unit from the heading, from --unit, or from the values', () => {
    expect(reading('id,latency_ms\n1,12.5\n2,0.25\n', { column: 'latency_ms' }).values).toEqual({
      values: [0.0125, 0.00025],
      step: 0.01 * 0.001,
    });
    expect(reading('3\n4\n', { unit: 'us' }).values?.values[1]).toBeCloseTo(4e-6, 15);
    expect(reading('a;b\n12ms;1\n1.5s;2\n', { column: '1' }).values?.values).toEqual([0.012, 1.5]);
    expect(reading('size\n"2 KiB"\n4KiB\n')).toMatchObject({
      dimension: 'size',
      values: { values: [2048, 4096] },
    });
  });

  test('says what is wrong at its place: columns, units, negative and missing values, all at once', () => {
    expect(messages('id,latency_ms\n1,2\n', { column: 'latncy_ms' })).toEqual([
      '1:1 no column "latncy_ms" did you mean "latency_ms"?',
    ]);
    expect(messages('id,x_ms\n1,2\n')[0]).toContain('several columns: id or x_ms choose one with --column');
    expect(messages('x\n5\n')[0]).toMatch(/^2:1 the values have no unit/);
    expect(messages('a,x_ms\n1,5\n2,-3\n3,\n4,many\n', { column: 'x_ms' })).toEqual([
      '3:3 "-3" is negative',
      '4:3 no value, expected a number',
      '5:3 expected a number, found "many"',
    ]);
    expect(messages('x_ms\n5\n6s\n')[0]).toContain('"6s" has a unit, and values above it do not');
    expect(messages('x\n5ms\n6\n')[0]).toContain('"6" has no unit, and values above it do');
    expect(messages('')).toEqual(['1:1 the file holds no observations']);
    expect(messages('x_ms\n')).toEqual(['1:1 the file holds no observations']);
  });

  test('tells a dozen mistakes and counts the others', () => {
    const told = messages(`x_ms\n${'bad\n'.repeat(40)}`.replace('bad', '1'));
    expect(told).toHaveLength(12);
    expect(told[11]).toContain('and 27 more like these');
  });

  test('reads instants: ISO, Unix time in seconds or milliseconds, or of a unit', () => {
    const at = (text: string, options: Partial<ReadOptions> = {}) =>
      reading(text, { arrivals: true, ...options }).times;
    expect(at('time\n2026-01-05T00:00:00Z\n2026-01-05T00:00:01.5Z\n')).toEqual({
      instants: [1767571200, 1767571201.5],
      isUnixTime: true,
    });
    expect(at('1767571200000\n1767571201500\n')?.instants).toEqual([1767571200, 1767571201.5]);
    expect(at('t_ms,n\n0,3\n1000,4\n', { column: 't_ms', count: 'n' })).toEqual({
      instants: [0, 1],
      weights: [3, 4],
      isUnixTime: false,
    });
    expect(messages('5\n6\n', { arrivals: true })[0]).toContain('the instants have no unit');
  });
});

describe('k6', () => {
  const point = (metric: string, second: number, value: number, tags = {}) =>
    JSON.stringify({
      metric,
      type: 'Point',
      data: { time: new Date(1767571200000 + second * 1000).toISOString(), value, tags },
    });
  const head = '{"type":"Metric","data":{"type":"trend","contains":"time"},"metric":"http_req_duration"}';
  const requests = [1, 2, 3, 4].map((second) =>
    point('http_req_duration', second, 100 * second, { expected_response: second === 4 ? 'false' : 'true' }),
  );

  test('takes milliseconds of the requests that were answered, and says how many were not', () => {
    const { source, values } = reading([head, ...requests].join('\n'));
    expect(values?.values).toEqual([0.1, 0.2, 0.3]);
    expect(source).toMatchObject({
      format: 'k6',
      observations: 3,
      leftOut: ['1 that failed (expected_response: false)'],
    });
  });

  test('takes bytes and counts for what the file says they are', () => {
    const bytes = '{"type":"Metric","data":{"type":"counter","contains":"data"},"metric":"data_received"}';
    const found = reading([bytes, point('data_received', 1, 2048)].join('\n'), { metric: 'data_received' });
    expect([found.dimension, found.values?.values]).toEqual(['size', [2048]]);
    const count = bytes.replace('"data"}', '"default"}').replace('data_received', 'reqs');
    const arrived = reading([count, point('reqs', 1, 1)].join('\n'), { metric: 'reqs', arrivals: true });
    expect(arrived.times?.instants).toEqual([1767571201]);
  });

  test('warns where all virtual users were always at work, by Little’s law', () => {
    const iterations = (users: number) => [
      ...requests,
      ...[1, 2, 3, 4, 5, 6].map((second) => point('iteration_duration', second, 2000)),
      point('vus', 1, users),
    ];
    // 6 iterations of 2 s within 7 s: 1.7 at work.
    expect(reading([head, ...iterations(1.8)].join('\n')).warnings[0]).toContain('closed loop: 1.7 of 1.8');
    expect(reading([head, ...iterations(10)].join('\n')).warnings).toEqual([]);
    expect(reading([head, ...requests].join('\n')).warnings[0]).toContain('--open-loop');
    expect(reading([head, ...requests].join('\n'), { openLoop: true }).warnings).toEqual([]);
  });

  test('names the nearest metric, and lines that are none', () => {
    expect(messages([head, ...requests].join('\n'), { metric: 'http_req_durations' })[0]).toContain(
      'did you mean "http_req_duration"?',
    );
    expect(messages(`${head}\nnonsense\n`)[0]).toMatch(/^2:1 expected a JSON object of k6 a line/);
  });
});

describe('Prometheus', () => {
  const text = `# TYPE d_seconds histogram
d_seconds_bucket{method="GET",le="0.1"} 10
d_seconds_bucket{method="GET",le="1"} 15
d_seconds_bucket{method="GET",le="+Inf"} 16
d_seconds_sum{method="GET"} 4
d_seconds_bucket{method="PUT",le="0.1"} 1
d_seconds_bucket{method="PUT",le="1"} 1
d_seconds_bucket{method="PUT",le="+Inf"} 3
`;

  test('takes the differences of cumulated buckets, and adds series up', () => {
    const both = reading(text);
    expect(both.cells?.map(({ low, high, count }) => [low, high, count])).toEqual([
      [0, 0.1, 11],
      [0.1, 1, 5],
      [1, Number.POSITIVE_INFINITY, 3],
    ]);
    expect(both.warnings[0]).toContain('2 series of d_seconds are added up');
    expect(reading(text, { labels: { method: 'PUT' } }).source.observations).toBe(3);
  });

  test('refuses counts that fall, unknown labels, and bounds without a unit', () => {
    expect(messages(text.replace('le="1"} 15', 'le="1"} 5'))[0]).toContain('a count of at least 10');
    expect(messages(text, { labels: { method: 'GETT' } })[0]).toContain('did you mean "GET"?');
    expect(messages(text.replaceAll('d_seconds', 'd'))[0]).toContain('the bounds of d have no unit');
    expect(messages(text, { arrivals: true })[0]).toContain('says how long, not when');
  });
});

describe('pgbench', () => {
  const line = (micros: number | string, at: number, rest = '') =>
    `0 ${at} ${micros} 0 ${1767571200 + at} 500${rest}`;

  test('takes microseconds, leaves out what was skipped or failed, and warns of a closed loop', () => {
    const { source, values, warnings } = reading(
      [line(1500, 1), line('failed', 2), line(2500, 3)].join('\n'),
    );
    expect(values?.values).toEqual([0.0015, 0.0025]);
    expect(source.leftOut).toEqual(['1 failed']);
    expect(warnings[0]).toContain('coordinated omission');
  });

  test('with --rate (a column of lags, and one of retries) there is no such warning', () => {
    expect(reading([line(1500, 1, ' 12 0'), line(2500, 3, ' 3 0')].join('\n')).warnings).toEqual([]);
    expect(reading([line(1500, 1, ' 1'), line(2500, 3, ' 0')].join('\n')).warnings).toHaveLength(1);
  });

  test('dates arrivals from the start of a transaction', () => {
    expect(reading(line(1_500_000, 1), { arrivals: true }).times?.instants[0]).toBeCloseTo(
      1767571199.5005,
      4,
    );
  });
});

describe('an HdrHistogram log', () => {
  const encoded = (values: readonly number[]) => {
    const histogram = build({ numberOfSignificantValueDigits: 3 });
    for (const value of values) histogram.recordValue(value);
    return encodeIntoCompressedBase64(histogram);
  };
  const log = `#[Histogram log format version 1.3]
"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"
0.1,1.0,0.003,${encoded([1000, 1000, 3000])}
Tag=slow,0.1,1.0,9.0,${encoded([9_000_000])}
1.1,1.0,0.005,${encoded([1000, 5000])}
`;

  test('adds the intervals of a tag up, each count between the bounds of its bucket', () => {
    const { cells, source } = reading(log, { tag: 'none', unit: 'us' });
    expect(source.observations).toBe(5);
    expect(cells?.map(({ count }) => count)).toEqual([3, 1, 1]);
    for (const [at, value] of [0.001, 0.003, 0.005].entries()) {
      expect(cells?.[at].low).toBeLessThanOrEqual(value);
      expect(cells?.[at].high).toBeGreaterThan(value);
      expect((cells?.[at].high ?? 0) / (cells?.[at].low ?? 1)).toBeLessThan(1.0021);
    }
  });

  test('asks for unit and tag, and refuses a histogram that is cut off', () => {
    expect(messages(log)[0]).toContain('several tags: none or slow');
    expect(messages(log, { tag: 'none' })[0]).toContain('have no unit');
    expect(messages(log, { tag: 'slo', unit: 'us' })[0]).toContain('did you mean "slow"?');
    const cut = log.replace(/^(0\.1,1\.0,0\.003,.{30}).*$/m, '$1');
    expect(messages(cut, { tag: 'none', unit: 'us' })[0]).toMatch(/^3:1 expected start,length,max,histogram/);
  });
});
