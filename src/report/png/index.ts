import { posix } from 'node:path';
import type { Result } from '../../result/index.ts';
import { Names } from '../reading/names.ts';
import type { Artifact, Reporter } from '../reporter.ts';
import { drawChart } from './chart.ts';
import { costChart } from './cost-chart.ts';
import { latencyChart } from './latency-chart.ts';
import type { MakeChart } from './slide.ts';
import { slideSize } from './slide.ts';
import { timelineChart } from './timeline-chart.ts';
import { utilizationChart } from './utilization-chart.ts';

const charts: Readonly<Record<string, MakeChart>> = {
  latency: latencyChart,
  timeline: timelineChart,
  utilization: utilizationChart,
  cost: costChart,
};

/** A folder of charts, each readable on a slide: those that the result has something to say in. */
export const pngReporter: Reporter = {
  name: 'png',
  render: async (results, { path }) => {
    const drawn: Artifact[] = [];
    for (const [at, result] of results.entries()) {
      const folder = results.length === 1 ? path : posix.join(path, String(at + 1));
      drawn.push(...(await chartsOf(result, folder)));
    }
    return drawn;
  },
};

async function chartsOf(result: Result, folder: string): Promise<Artifact[]> {
  const names = new Names(result);
  const made: Artifact[] = [];
  for (const [name, chart] of Object.entries(charts)) {
    const configuration = chart(result, names);
    if (configuration === undefined) continue;
    made.push({
      path: posix.join(folder, `${name}.png`),
      content: await drawChart(configuration, slideSize),
    });
  }
  return made;
}
