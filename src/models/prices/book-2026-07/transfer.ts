/** Data transfer, $ a GB. Source: infracost's data_transfer_test.golden (repository of 2026-08-21). */
import type { ByLocation, Figure } from '../book.ts';

const source = 'infracost data_transfer_test.golden';
const figure = (value: number): Figure => ({ value, confidence: 'S', source });

const statesAndEurope = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-central-1',
  'eu-north-1',
];

/** By the location that data leave; a pair of its own first. */
export const interRegion: ByLocation = {
  'us-east-1 → us-east-2': figure(0.01),
  'us-east-2 → us-east-1': figure(0.01),
  ...Object.fromEntries([...statesAndEurope, 'ca-central-1'].map((location) => [location, figure(0.02)])),
  'ap-southeast-1': figure(0.09),
  'ap-northeast-1': figure(0.09),
  'ap-southeast-2': figure(0.098),
  'ap-south-1': figure(0.086),
  'ap-northeast-2': figure(0.08),
  'sa-east-1': figure(0.138),
  'af-south-1': figure(0.147),
};

/** From GB 0, 10,240, 51,200 and 153,600 of a month on. */
const tiered = (first: number, second: number, third: number, rest: number) => ({
  ...figure(first),
  tiers: [
    { from: 0, value: first },
    { from: 10_240, value: second },
    { from: 51_200, value: third },
    { from: 153_600, value: rest },
  ],
});

export const internet = {
  ...Object.fromEntries(
    statesAndEurope.map((location) => [location, tiered(0.09, 0.085, 0.07, 0.05)] as const),
  ),
  'ap-southeast-1': tiered(0.12, 0.085, 0.082, 0.08),
  'ap-northeast-1': tiered(0.114, 0.089, 0.086, 0.084),
  'ap-south-1': tiered(0.1093, 0.085, 0.082, 0.08),
  'sa-east-1': tiered(0.15, 0.138, 0.126, 0.114),
};
