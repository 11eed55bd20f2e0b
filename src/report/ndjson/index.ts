import type { Result } from '../../result/index.ts';
import { type Reporter, textReporter } from '../reporter.ts';

/** Grows when a reader of the old lines would be misled. */
const format = 'headroom.timeline/1';

/**
 * The timeline, one JSON object a line: what run it is, its faults, then points and occurrences in the order of time.
 * Instants are seconds from the start of the run; values in base units, counts per bucket; gaps have no line.
 */
export const ndjsonReporter: Reporter = textReporter('ndjson', (result) =>
  linesOf(result)
    .map((line) => `${JSON.stringify(line)}\n`)
    .join(''),
);

function linesOf({ scenario, seed, fingerprint, timeline, faults }: Result): object[] {
  const { at, warmUp, series, occurrences } = timeline;
  const bucket = at.length > 1 ? at[1] - at[0] : 0;
  const points = at.flatMap((instant, bucketNumber) =>
    Object.entries(series).flatMap(([id, { unit, of, values }]) => {
      const value = values[bucketNumber];
      return value === null || value === undefined
        ? []
        : [{ type: 'point', at: instant, series: id, value, unit, of }];
    }),
  );
  const happened = occurrences.map(({ at: instant, component, what }) => ({
    type: 'occurrence',
    at: instant,
    component,
    what,
  }));
  return [
    { type: 'run', format, scenario: scenario.name, seed, fingerprint, warmUp, bucket },
    ...faults.map((fault) => ({ type: 'fault', ...fault })),
    ...[...points, ...happened].sort((a, b) => a.at - b.at),
  ];
}
