import { z } from 'zod';
import { quantity } from '../units/index.ts';

const value = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.unknown()),
  z.record(z.string(), z.unknown()),
]);
const values = z
  .union([z.string(), z.number(), z.array(value).min(1)])
  .describe('A range (1..8, 1..64 step x2, 10ms..50ms step 10ms) or a list of values.');

const variable = z.union([
  values,
  z.strictObject({
    values,
    monotone: z
      .boolean()
      .default(false)
      .describe(
        'Whether each value is at least as good as those before it, whatever the others are: then what fails with a value is not tried with those before it. More instances are; more hash shards need not be.',
      ),
  }),
]);

/** What may be changed of a scenario to find the cheapest design that keeps every need. */
export const planSettingsSchema = z
  .strictObject({
    vary: z
      .record(z.string(), variable)
      .describe(
        'What may be changed: the path of a value (services.desk.instances), and the values to choose from.',
      ),
    where: z
      .array(z.string())
      .default([])
      .describe('Constraints that leave designs out: instances * threads <= 64.'),
    minimise: z
      .string()
      .default('cost.month')
      .describe('What is to be least: cost.month, or a product of variables (instances * threads).'),
    keep: z
      .array(z.string())
      .optional()
      .describe('Targets that a design must keep. Default: all needs of the scenario.'),
    survive: z
      .enum(['any-region', 'any-zone'])
      .optional()
      .describe('A design must also bear its load with any one region, or any one zone, lost at the peak.'),
    runs: quantity('count', { min: 2, integer: true, default: 5, about: 'Runs of each design at first.' }),
    maxRuns: quantity('count', {
      min: 2,
      integer: true,
      default: 40,
      about: 'Runs of a design at most, while a need is undecided.',
    }),
    underProvision: quantity('factor', {
      default: 10,
      about:
        'With uncertain inputs: how many times worse it is to lack a dollar’s worth of capacity than to spend a dollar too much.',
    }),
  })
  .describe('The designs among which `headroom plan` finds the cheapest that keeps every need.');

export type PlanValue = string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>;
export type PlanValues = string | number | readonly PlanValue[];

export interface PlanSettings {
  readonly vary: Readonly<
    Record<string, PlanValues | { readonly values: PlanValues; readonly monotone: boolean }>
  >;
  readonly where: readonly string[];
  readonly minimise: string;
  readonly keep?: readonly string[];
  readonly survive?: 'any-region' | 'any-zone';
  readonly runs: number;
  readonly maxRuns: number;
  readonly underProvision: number;
}
