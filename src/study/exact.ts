import { closedFormsOf } from '../models/closed-form.ts';
import type { Scenario } from '../models/parse.ts';

/** What a closed form says of a metric, and which closed form; metrics without one are absent. */
export type ExactValues = ReadonlyMap<string, { readonly value: number; readonly model: string }>;

export const exactOf = ({ design }: Scenario): ExactValues => new Map(Object.entries(closedFormsOf(design)));
