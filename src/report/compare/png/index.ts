import { posix } from 'node:path';
import type { ChartConfiguration } from 'chart.js';
import { drawChart } from '../../png/chart.ts';
import { slideSize } from '../../png/slide.ts';
import type { Artifact, Reporter } from '../../reporter.ts';
import type { Compared } from '../compared.ts';
import { costSlide } from './cost-slide.ts';
import { latencySlide } from './latency-slide.ts';
import { timelineSlide } from './timeline-slide.ts';

const slides: Readonly<Record<string, (compared: Compared) => ChartConfiguration | undefined>> = {
  latency: latencySlide,
  timeline: timelineSlide,
  cost: costSlide,
};

/** A folder of charts with all designs in each: those that the comparison has something to say in. */
export const comparePngReporter: Reporter<Compared> = {
  name: 'png',
  render: async ([compared, ...others], { path }) => {
    if (others.length > 0) throw new RangeError('a folder of charts shows one comparison');
    const made: Artifact[] = [];
    for (const [name, slide] of Object.entries(slides)) {
      const configuration = slide(compared);
      if (configuration === undefined) continue;
      made.push({
        path: posix.join(path, `${name}.png`),
        content: await drawChart(configuration, slideSize),
      });
    }
    return made;
  },
};
