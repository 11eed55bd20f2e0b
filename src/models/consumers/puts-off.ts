import type { Design } from '../design.ts';
import { Load, operationsOf } from '../load.ts';
import { allVerbs, walkSteps } from '../steps.ts';

/** Whether an operation, or one that it calls, has steps that put effects off or run once for several records. */
export function putsOff(operation: string, design: Design): boolean {
  const load = new Load(design);
  const seen = new Set<string>();
  const open = [operation];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const { step } of walkSteps(load.callable(name)?.steps ?? [])) {
      if (allVerbs().get(step.verb)?.putsOff === true) return true;
      open.push(...operationsOf(step));
    }
  }
  return false;
}
