import { z } from 'zod';
import { workloadsSection } from '../contracts/cohorts.ts';
import type { Design } from '../design.ts';
import { faultsSection } from '../fault.ts';
import { defineKind } from '../kind.ts';
import { definitionsOf, familyOf, meterSet } from '../meters.ts';
import { YearlyAvailability } from './model.ts';

export const yearlyMeters = meterSet({
  yearlyAvailability: {
    kind: 'value',
    unit: 'ratio',
    better: 'higher',
    about:
      'Of all operations of a year, those that are answered: 1 less the base failures, less what each fault with a rate loses, as often as it happens a year. 0 in a run that ended before a fault had been recovered from.',
  },
});

/** Whether a fault of the design says how often it happens: without, nothing can be said of a year. */
const hasRates = (design: Design): boolean =>
  design
    .entries<{ rate?: number; random?: { model?: string } }>(faultsSection)
    .some(([, { rate, random }]) => rate !== undefined || random?.model !== undefined);

/** The kind that looks beyond the run: what workloads' availability over a year is, from faults and their rates. */
export const yearly = defineKind<object>({
  section: 'yearly',
  noun: 'yearly figure',
  about: 'Availability over a year.',
  shape: 'implied',
  schema: z.strictObject({}),
  families: [familyOf('workloads.<workload>', yearlyMeters, 'where a fault has a rate')],
  scopes: (_name, _config, design) =>
    hasRates(design)
      ? design
          .names(workloadsSection)
          .map((workload) => ({ path: [workloadsSection, workload], meters: definitionsOf(yearlyMeters) }))
      : [],
  build: (_name, _config, wiring) =>
    hasRates(wiring.design) ? new YearlyAvailability(wiring, yearlyMeters) : {},
});
