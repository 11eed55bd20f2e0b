import { viewsOf } from '../metrics/index.ts';
import type { Kind } from '../models/kind.ts';
import { page, table } from './markdown.ts';
import { betterText, byPlace } from './metric-rows.ts';
import { code } from './value-text.ts';

/** All ids of metrics, with unit and direction; the pages of the kinds say what is counted. */
export function metricsPage(kinds: readonly Kind[]): string {
  return page([
    ['# Metric ids'],
    [
      'What stands in `<angle brackets>` is a name of the scenario; of what stands in `{braces}`, one word. `*` is any one part in a',
      'target or in `check.metrics`. `headroom validate FILE --metrics` lists the ids of a scenario, `headroom explain metric ID`',
      'says what one counts, [docs/metrics.md](../metrics.md) how all are measured.',
    ],
    ...kinds
      .filter(({ families }) => families.length > 0)
      .flatMap(({ section, families }) => [
        [`## [${section}](${section}.md)`],
        table(
          ['id', 'unit', 'better'],
          byPlace(families).flatMap(([of, all]) =>
            all.flatMap(({ meters }) =>
              meters.map((meter) => {
                const views = viewsOf(meter.kind).map(({ suffix }) => suffix);
                const view = views.join('') === '' ? '' : `.{${views.join(',')}}`;
                return [code(`${of}.${meter.metric}${view}`), meter.unit, betterText(meter)];
              }),
            ),
          ),
        ),
      ]),
  ]);
}
