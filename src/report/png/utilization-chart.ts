import { ownerOf } from '../../metrics/index.ts';
import type { Bottleneck } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { heatColors, heatStep } from '../palette.ts';
import { partOfStation } from '../reading/station-part.ts';
import { barSlide } from './bar-slide.ts';
import { cut, type MakeChart } from './slide.ts';

const most = 10;

/** How busy the tightest part of each thing is, tightest first. */
export const utilizationChart: MakeChart = (result, names) => {
  const tightest = new Map<string, Bottleneck>();
  for (const each of result.bottlenecks) {
    const owner = ownerOf(each.station);
    if (each.utilization > (tightest.get(owner)?.utilization ?? 0)) tightest.set(owner, each);
  }
  const shown = [...tightest.values()].sort((a, b) => b.utilization - a.utilization).slice(0, most);
  if (shown.length === 0) return undefined;
  const percent = (share: number) => formatQuantity(share, 'ratio', { digits: 2 });
  const title = `${names.owner(shown[0].station)} is the busiest, at ${percent(shown[0].utilization)}`;
  return barSlide({
    title,
    subtitle: result.scenario.name,
    bars: shown.map((each) => ({
      label: cut([names.owner(each.station), partOfStation(each, names)].filter(Boolean).join(', '), 46),
      value: each.utilization,
      text: percent(each.utilization),
      // The calmest step is made for a page, too pale for a bar.
      color: heatStep(each.utilization) === 0 ? '#a9bccb' : heatColors.light[heatStep(each.utilization)],
    })),
    axis: percent,
  });
};
