import type { Design } from '../../design.ts';
import type { Assumption } from '../../kind.ts';
import type { FaultConfig } from '../config.ts';
import { publishedModel } from './published.ts';
import { publishedRate, year } from './times.ts';

/** Where the times of a published model come from, and how far they can be leaned on. */
export function publishedAssumptions(name: string, config: FaultConfig, design: Design): Assumption[] {
  const model = config.random?.model;
  const rate = publishedRate(config, design);
  if (model === undefined || rate === undefined) return [];
  const { length, source, confidence } = publishedModel(model);
  return [
    {
      about: `faults.${name}: ${model}`,
      value: `each ${Number((rate * year).toPrecision(3))}/year; ${config.random?.mttr === undefined ? length : 'as long as mttr says'}`,
      source: `${source}${confidence === 'R' ? '; unverified' : ''}`,
    },
  ];
}
