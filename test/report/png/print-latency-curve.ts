// Run by chart.test.ts in a process of its own: writes the PNG to stdout.
import { drawChart } from '../../../src/report/png/chart.ts';
import { latencyCurve } from './latency-curve.ts';

process.stdout.write(await drawChart(latencyCurve('λ ≤ 90/s'), { width: 320, height: 200, scale: 1 }));
