import { z } from 'zod';
import { quantity } from '../../units/index.ts';
import type { FaultDefinition } from '../fault.ts';
import { type RandomTimes, randomTimes } from './random/config.ts';

/** What every fault says of itself, whatever it does. */
const common = {
  at: quantity('duration', {
    about: 'When it begins, from the start of the run (warm-up included). Or random.',
  }).optional(),
  random: randomTimes,
  for: quantity('duration', {
    positive: true,
    about: 'How long it lasts. Default: to the end of the run, or it is over at once.',
  }).optional(),
  settle: quantity('duration', {
    positive: true,
    default: '5m',
    about: 'How long everything must stay good before the fault counts as recovered from.',
  }),
  rate: quantity('rate', {
    about:
      'How often it happens in the real world: 0.4/year. For availability over a year, whatever the run plays.',
  }).optional(),
};

/** One entry under `faults`, of any sort that a kind brings. */
export interface FaultConfig {
  readonly fault: string;
  /** Seconds from the start of the run. Not there where times are drawn (`random`), which `check` makes sure of. */
  readonly at: number;
  readonly random?: RandomTimes;
  /** Seconds. */
  readonly for?: number;
  /** Seconds. */
  readonly settle: number;
  /** Occurrences a second. */
  readonly rate?: number;
}

/** The form of all faults: which options there are follows from `fault`. */
export function faultSchema(definitions: readonly FaultDefinition[]): z.ZodType<FaultConfig> {
  const forms = definitions.map(({ fault, about, shape }) =>
    z.strictObject({ fault: z.literal(fault).describe(about), ...common, ...shape }).describe(about),
  );
  return z.discriminatedUnion('fault', forms as never) as unknown as z.ZodType<FaultConfig>;
}
