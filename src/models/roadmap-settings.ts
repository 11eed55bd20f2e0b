import { z } from 'zod';
import { type LocatedNode, named, nearestWord, type Problem, problemIn } from '../scenario/index.ts';
import { quantity } from '../units/index.ts';

/** By what the load grows in months to come. */
export const growthSchema = z
  .strictObject({
    curve: z
      .enum(['exponential', 'linear'])
      .default('exponential')
      .describe('Between two dates: multiplied by the same in equal times, or the same added.'),
    load: z
      .array(
        z.strictObject({
          month: quantity('count', { about: 'Months from the start of the roadmap.' }),
          factor: quantity('factor', { positive: true, about: 'Of all load of the scenario, then.' }),
        }),
      )
      .min(1)
      .describe(
        'The load at some dates, the earliest first; it stays as it is before the first and after the last.',
      ),
  })
  .describe('By what all load grows in months to come, for `headroom roadmap`.');

export const phasesSchema = named(
  z.strictObject({
    title: z.string().optional().describe('One line about it.'),
    month: quantity('count', { about: 'When it is in use: months from the start of the roadmap.' }),
    after: z
      .array(z.string())
      .default([])
      .describe('Phases without which it cannot be: if one slips, it slips, too.'),
    changes: z
      .record(z.string(), z.unknown())
      .describe('What it changes: keys of a scenario, laid over this one as `extends` lays them.'),
  }),
  'What changes in months to come, for `headroom roadmap`.',
).default({});

export interface GrowthSettings {
  readonly curve: 'exponential' | 'linear';
  readonly load: readonly { readonly month: number; readonly factor: number }[];
}

export interface PhaseSettings {
  readonly title?: string;
  readonly month: number;
  readonly after: readonly string[];
}

/** What a scenario says of the months to come. */
export interface Roadmap {
  readonly growth: GrowthSettings | undefined;
  readonly phases: Readonly<Record<string, PhaseSettings>>;
}

/** Names of the phases that are in use in a month, the earliest first, those of equal months as the file has them. */
export const phasesBy = ({ phases }: Roadmap, month: number): string[] =>
  Object.entries(phases)
    .filter(([, phase]) => phase.month <= month)
    .sort(([, one], [, other]) => one.month - other.month)
    .map(([name]) => name);

/** A phase and all that cannot be without it. */
export function waitingFor({ phases }: Roadmap, name: string): Set<string> {
  const waiting = new Set([name]);
  let before = 0;
  while (waiting.size > before) {
    before = waiting.size;
    for (const [each, { after }] of Object.entries(phases))
      if (after.some((other) => waiting.has(other))) waiting.add(each);
  }
  return waiting;
}

/** What the schema cannot see: dates in order, phases that are there and come first. */
export function checkRoadmap({ growth, phases }: Roadmap, document: LocatedNode): Problem[] {
  const problems: Problem[] = [];
  const add = (path: (string | number)[], message: string, expected: string, hint?: string) =>
    problems.push(
      problemIn(document, path, {
        code: 'roadmap',
        message,
        expected,
        ...(hint === undefined ? {} : { hint }),
      }),
    );
  growth?.load.forEach(({ month }, at) => {
    if (at > 0 && month <= growth.load[at - 1].month)
      add(['growth', 'load', at, 'month'], 'is not later than the date before', 'months in rising order');
  });
  const names = Object.keys(phases);
  for (const [name, { after, month }] of Object.entries(phases)) {
    after.forEach((other, at) => {
      const near = nearestWord(other, names);
      const path = ['phases', name, 'after', at];
      if (!names.includes(other))
        add(path, `no phase is called ${other}`, names.join(', '), near && `did you mean ${near}?`);
      else if (other === name || phases[other].month > month)
        add(path, `${other} is not there before ${name}`, `a phase of month ${month} or before`);
    });
  }
  return problems;
}
