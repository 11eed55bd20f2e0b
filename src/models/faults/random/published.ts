/**
 * How often things fail, and for how long, as others have published it.
 *
 * Rates are of one region, zone, node or volume a year. Confidence: S, primary text; R, judgement or recalled figures
 * from a list of incidents: take it as an order of magnitude.
 */
import { type Distribution, lognormal, uniform } from '../../../sim/distributions/index.ts';

export interface Published {
  /** The sorts of faults that it is about. */
  readonly faults: readonly string[];
  /** Failures of one a year, by where it is. */
  readonly perYear: (location: string | undefined) => number;
  /** Absent: it is over at once, or what follows is up to the design. */
  readonly mttr?: Distribution;
  readonly length: string;
  readonly source: string;
  readonly confidence: 'S' | 'R';
}

/** A lognormal distribution by its median and the standard deviation of its logarithm. */
function byMedian(median: number, sigma: number): Distribution {
  const mean = median * Math.exp(sigma ** 2 / 2);
  return lognormal(mean, Math.sqrt(Math.exp(sigma ** 2) - 1));
}

const hour = 3600;

export type PublishedModel = keyof typeof publishedModels;

export const publishedModels = {
  'aws-region': {
    faults: ['region-outage'],
    perYear: (location) => (location === 'us-east-1' ? 0.45 : 0.075),
    mttr: byMedian(5 * hour, 0.8),
    length: 'lognormal, median 5 h',
    source:
      'judgement from public incidents 2011–2025 (us-east-1: 0.4 to 0.5 region-wide events a year, elsewhere 0.05 to 0.1), most of them partial',
    confidence: 'R',
  },
  'aws-zone': {
    faults: ['zone-outage'],
    perYear: (location) => (location === 'us-east-1' ? 0.15 : 0.04),
    mttr: uniform(hour, 4 * hour),
    length: '1 to 4 h',
    source: 'judgement from public incidents (0.1 to 0.2 a zone and year at worst, elsewhere 0.03 to 0.05)',
    confidence: 'R',
  },
  'cloud-host': {
    faults: ['node-crash'],
    perYear: () => 12 * 0.003,
    length: 'over at once: what ran there is placed anew',
    source: 'unplanned loss of hosts under virtual machines, 0.1 to 0.5% a month',
    confidence: 'R',
  },
  server: {
    faults: ['node-crash'],
    perYear: () => 1.6,
    length: 'over at once: what ran there is placed anew',
    source: 'Google: 1.2 to 2 crashes a server and year',
    confidence: 'R',
  },
  'server-hardware': {
    faults: ['node-crash'],
    perYear: () => 0.03,
    length: 'over at once: what ran there is placed anew',
    source: 'annual failure rate of server hardware, 2 to 4%',
    confidence: 'R',
  },
  'ebs-gp3': {
    faults: ['primary-crash', 'replica-crash'],
    perYear: () => 0.0015,
    length: 'as mttr says',
    source: 'Amazon EBS user guide, general purpose volumes: annual failure rate 0.1 to 0.2%, of one volume',
    confidence: 'S',
  },
} as const satisfies Record<string, Published>;

export const publishedModel = (name: PublishedModel): Published => publishedModels[name];
