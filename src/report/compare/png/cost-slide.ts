import type { ChartConfiguration } from 'chart.js';
import { barSlide } from '../../png/bar-slide.ts';
import { cut, lineColor } from '../../png/slide.ts';
import { dollars } from '../../reading/dollars.ts';
import type { Compared } from '../compared.ts';
import { cheapest, titleOf } from '../reading.ts';

/** What each design costs a month. */
export function costSlide({ comparison, results }: Compared): ChartConfiguration | undefined {
  const known = results.flatMap(({ cost }, at) =>
    cost.month === null || cost.rows.length === 0 ? [] : [{ at, month: cost.month }],
  );
  if (known.length < 2) return undefined;
  const sentence = cheapest(comparison);
  return barSlide({
    title: 'Cost a month',
    subtitle: sentence === undefined ? titleOf(comparison) : cut(sentence, 100),
    bars: known.map(({ at, month }) => ({
      label: cut(comparison.designs[at].label, 40),
      value: month,
      text: `$${dollars(month, month < 100 ? 2 : 0)}`,
      color: lineColor(at),
    })),
    axis: (value) => `$${dollars(value, 0)}`,
  });
}
