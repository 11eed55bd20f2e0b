import type { ChartConfiguration } from 'chart.js';

/** The mean and 99th percentile of an M/M/1 queue's sojourn time over its load, service time 10 ms. */
export function latencyCurve(title: string): ChartConfiguration {
  const loads = [10, 20, 30, 40, 50, 60, 70, 80, 90];
  const mean = loads.map((rate) => 1000 / (100 - rate));
  return {
    type: 'line',
    data: {
      labels: loads,
      datasets: [
        { label: 'p99', data: mean.map((value) => value * Math.log(100) * 10), borderColor: '#c33' },
        { label: 'mean', data: mean, borderColor: '#36c', borderDash: [4, 2] },
      ],
    },
    options: {
      plugins: { title: { display: true, text: title } },
      scales: {
        x: { title: { display: true, text: 'load, requests/s' } },
        y: { title: { display: true, text: 'latency, ms' } },
      },
    },
  };
}
