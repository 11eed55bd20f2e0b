import { billOf } from '../reading/bill.ts';
import { dollars } from '../reading/dollars.ts';
import { barSlide } from './bar-slide.ts';
import { cut, lineColor, type MakeChart } from './slide.ts';

const most = 10;

/** What the bill is made of, dearest first. */
export const costChart: MakeChart = (result, names) => {
  const components = billOf(result.cost);
  const items = components
    .flatMap(({ component, items: all }) => all.map((item) => ({ ...item, component })))
    .sort((a, b) => b.month - a.month);
  if (items.length === 0) return undefined;
  const shown = items.slice(0, items.length > most ? most - 1 : most);
  const rest = items.slice(shown.length);
  const owner = (component: string) => (component.includes('.') ? names.owner(component) : component);
  const { month } = result.cost;
  return barSlide({
    title: month === null ? 'Cost a month' : `$${dollars(month, month < 100 ? 2 : 0)} a month`,
    subtitle: result.scenario.name,
    bars: [
      ...shown.map(({ component, item, month: each }) => ({
        label: cut(`${owner(component)}: ${item}`, 50),
        value: each,
        text: `$${dollars(each, each < 100 ? 2 : 0)}`,
        color: lineColor(0),
      })),
      ...(rest.length === 0
        ? []
        : [
            {
              label: `${rest.length} smaller items`,
              value: rest.reduce((sum, { month: each }) => sum + each, 0),
              text: `$${dollars(
                rest.reduce((sum, { month: each }) => sum + each, 0),
                0,
              )}`,
              color: '#a9bccb',
            },
          ]),
    ],
    axis: (value) => `$${dollars(value, 0)}`,
  });
};
