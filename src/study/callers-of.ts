import type { Design } from '../models/design.ts';
import { Load } from '../models/load.ts';
import type { CallerResult } from '../result/index.ts';

/** Who brings load, and what it calls, as the scenario has it. */
export const callersOf = (design: Design): CallerResult[] =>
  new Load(design).callers.map(({ section, name, traffic: { call, opens } }) => ({
    id: `${section}.${name}`,
    call,
    ...(opens === undefined || opens === call ? {} : { opens }),
  }));
