import type { Compared } from '../../../src/report/compare/compared.ts';
import type { Result } from '../../../src/result/index.ts';
import { comparisonOf } from '../../../src/study/compare/comparison-of.ts';
import { outage } from '../html/outage.ts';
import { simulated } from '../terminal/results.ts';
import { shop } from '../terminal/scenarios.ts';

/** Holds results against the first, or another one. */
export function comparedOf(results: readonly Result[], labels: readonly string[], reference = 0): Compared {
  return { comparison: comparisonOf(results, { version: '0.0.0', labels, reference }), results };
}

const sure = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return text.replace(from, to);
};

/** More patient than the shop: all but the slow one keep it. */
const patient = sure(shop, 'latency.p95 < 300ms', 'latency.p95 < 400ms');
const faster = sure(sure(patient, 'mean: 12ms', 'mean: 6ms'), 'shards: 10', 'shards: 20');
const slower = sure(patient, 'mean: 12ms', 'mean: 30ms');

let made: Compared | undefined;

/** Five designs: one that loses a region and breaks a need by it, and four that lose none. */
export function five(): Compared {
  made ??= comparedOf(
    [outage(), simulated(patient), simulated(faster), simulated(slower), simulated(patient, { seed: 2 })],
    ['loses a region', 'as drawn', 'faster, 20 shards', 'slower', 'another seed'],
  );
  return made;
}

/** Two of them, the one that changes nothing but its code's speed against the one as drawn. */
export const two = (): Compared =>
  comparedOf([five().results[1], five().results[2]], ['as drawn', 'faster, 20 shards']);
