import { emptyFile, Mistakes, notANumber } from './problems.ts';
import type { Format } from './reading.ts';

/** client, transaction, time (µs or a word), script, seconds and microseconds of its end, then what options add. */
const line = /^\d+ \d+ (?:\d+|skipped|failed|serialization|deadlock) \d+ \d{9,} \d{1,6}(?: \d+){0,2}\s*$/;

/**
 * The log of `pgbench --log`, a line a transaction.
 * Source: PostgreSQL's documentation of pgbench, "Per-Transaction Logging": with --rate a column with the schedule's lag
 * is added and the time counts from the schedule; with --max-tries one with the retries behind it.
 */
export const pgbench: Format = {
  name: 'pgbench',
  about: 'a log of pgbench --log',
  recognises: (text) => line.test(text.slice(0, 500).split('\n', 1)[0]),
  read(file, text, options) {
    const mistakes = new Mistakes(file);
    const values: number[] = [];
    const instants: number[] = [];
    const left = new Map<string, number>();
    let columns = 0;
    let largestExtra = 0;
    text.split(/\r?\n/).forEach((row, at) => {
      if (row.trim() === '') return;
      if (!line.test(row)) {
        mistakes.add(
          at + 1,
          1,
          row.length,
          notANumber(row.slice(0, 40), 'a line of a pgbench log of 6 to 8 columns'),
        );
        return;
      }
      const fields = row.trim().split(' ');
      columns = Math.max(columns, fields.length);
      largestExtra = Math.max(largestExtra, Number(fields[6] ?? 0));
      const [, , time, , seconds, micros] = fields;
      const latency = Number(time) / 1e6;
      if (!/^\d+$/.test(time)) left.set(time, (left.get(time) ?? 0) + 1);
      else {
        values.push(latency);
        instants.push(Number(seconds) + Number(micros) / 1e6 - latency);
      }
    });
    if (mistakes.isEmpty && values.length === 0) mistakes.add(1, 1, 1, emptyFile());
    if (!mistakes.isEmpty) return mistakes.all();
    // Seven columns are a lag or a number of retries: nobody tries a thousand times.
    const isScheduled = columns === 8 || (columns === 7 && largestExtra >= 1000);
    return {
      source: {
        file,
        format: 'pgbench',
        of: options.arrivals ? 'start of transactions' : 'time of transactions',
        observations: values.length,
        leftOut: [...left].map(([word, count]) => `${count} ${word}`),
      },
      dimension: 'duration',
      ...(options.arrivals ? { times: { instants, isUnixTime: true } } : { values: { values, step: 1e-6 } }),
      warnings: isScheduled || options.openLoop ? [] : [closedLoop],
    };
  },
};

const closedLoop =
  'pgbench ran without --rate: each client waits for its answer before it asks again, so that while the database was slow nobody asked (coordinated omission); the slow end is under-counted. Measure with --rate';
