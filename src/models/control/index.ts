import type { StepDefinition } from '../step.ts';
import { async } from './async.ts';
import { choose } from './choose.ts';
import { parallel } from './parallel.ts';
import { repeat } from './repeat.ts';
import { wait } from './wait.ts';

/** The verbs that belong to no kind: what runs beside, again, instead, or later. */
export const controlSteps: readonly StepDefinition[] = [parallel, async, repeat, choose, wait];
