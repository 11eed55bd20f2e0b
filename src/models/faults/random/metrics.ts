import type { Scope } from '../../../metrics/index.ts';
import { faultsSection } from '../../fault.ts';
import { definitionsOf, meterSet } from '../../meters.ts';

/** Beside what every fault has: of one that may happen several times in a run. */
export const randomMeters = meterSet({
  occurrences: {
    kind: 'value',
    unit: 'count',
    better: 'neither',
    about: 'How often it happened in a run. rto is then the median over a run’s occurrences.',
  },
  longestRto: {
    kind: 'duration',
    unit: 'duration',
    better: 'lower',
    about: 'As rto, of the occurrence that was felt longest; the median over runs.',
  },
});

export const randomScopes = (name: string): Scope[] => [
  { path: [faultsSection, name], meters: definitionsOf(randomMeters) },
];
