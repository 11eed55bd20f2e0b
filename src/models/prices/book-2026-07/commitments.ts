/** What is cheaper than on demand, for a promise (reserved) or for less certainty (spot). */
import type { ByLocation, Figure } from '../book.ts';

const moment = (low: number, high: number): Figure => ({
  value: (low + high) / 2,
  confidence: 'S',
  source: `skypilot-catalog v8, one moment: middle of ${low}-${high} over zones`,
});

/** Middle of the zones' prices at one moment. */
export const spot: Readonly<Record<string, ByLocation>> = {
  'm6i.2xlarge': {
    'us-east-1': moment(0.144, 0.189),
    'eu-west-1': moment(0.205, 0.265),
    'ap-southeast-1': moment(0.182, 0.215),
  },
  'm6i.4xlarge': {
    'us-east-1': moment(0.241, 0.356),
    'eu-west-1': moment(0.363, 0.397),
    'ap-southeast-1': moment(0.429, 0.463),
  },
  'm7g.large': {
    'us-east-1': moment(0.0301, 0.0416),
    'eu-west-1': moment(0.039, 0.042),
    'ap-southeast-1': moment(0.0366, 0.0537),
  },
};

const advisor = 'median saving of the Spot Advisor, as of 2025-07-28';

/** Of types whose spot price the book does not have. */
export const spotSaving: ByLocation = {
  'us-east-1': { value: 0.67, confidence: 'D', source: advisor },
  'eu-west-1': { value: 0.55, confidence: 'D', source: advisor },
  'ap-southeast-1': { value: 0.655, confidence: 'D', source: advisor },
  elsewhere: { value: 0.625, confidence: 'R', source: `mean over three locations of the ${advisor}` },
};

const t3 = (value: number): Figure => ({
  value,
  confidence: 'S',
  source: 'infracost instance_test.golden, t3.medium in us-east-1',
});
const general = (value: number, range: string): Figure => ({
  value,
  confidence: 'R',
  source: `about ${range} off, nothing upfront (m6i, r6i, m7g; unverified, about 2024)`,
});

/** Standard reserved instances, nothing upfront. */
export const reservedSaving: Readonly<Record<string, Readonly<Record<string, Figure>>>> = {
  '1y': { t3: t3(0.373), other: general(0.37, '37%') },
  '3y': { t3: t3(0.567), other: general(0.585, '57-60%') },
};
