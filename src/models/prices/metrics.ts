import type { MeterFamily, Scope } from '../../metrics/index.ts';
import { definitionsOf, familyOf, meterSet } from '../meters.ts';

export const costMeters = meterSet({
  month: {
    kind: 'value',
    unit: 'money',
    better: 'lower',
    about: 'Dollars a month of 730 hours under the load of a month, of all that has a price.',
  },
  hour: {
    kind: 'value',
    unit: 'money',
    better: 'lower',
    about: 'Dollars an hour as the run saw it, of all that has a price.',
  },
  perMillion: {
    kind: 'value',
    unit: 'money',
    better: 'lower',
    about: 'Dollars a month over the month’s million operations that callers ask for.',
  },
});

export const savingMeters = meterSet({
  vsOnDemand: {
    kind: 'value',
    unit: 'ratio',
    better: 'higher',
    about:
      'What the nodes of the pools save a month against buying the nodes in use on demand, hour by hour. Nodes only: nothing else has both prices.',
  },
});

export const costPath = ['cost'];
export const savingsPath = ['cost', 'savings'];

export const costScopes = (): Scope[] => [
  { path: costPath, meters: definitionsOf(costMeters) },
  { path: savingsPath, meters: definitionsOf(savingMeters) },
];

export const costFamilies: readonly MeterFamily[] = [
  familyOf('cost', costMeters),
  familyOf('cost.savings', savingMeters),
];
