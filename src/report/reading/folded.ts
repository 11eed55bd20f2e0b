import type { OccurrenceResult } from '../../result/index.ts';
import { sinceText } from './since.ts';

/** Seconds from one to the next within which the same of several things is told once. */
const together = 60;
/** The same for steps that are taken by the minute. */
const stepsTogether = 600;

/** One or more occurrences in a line's words. */
export interface Folded {
  readonly at: number;
  readonly component: string;
  readonly sort?: OccurrenceResult['sort'];
  readonly text: string;
}

/**
 * What happened, with the same of several things told once: `10 of 10 shards promoted in eu-west, last T+0:39`.
 * @param onsetOf from which the times of what begins at an instant are counted, seconds
 * @param foldsRamps whether the steps in which a region gets its traffic back are told together
 */
export function folded(
  occurrences: readonly OccurrenceResult[],
  onsetOf: (at: number) => number,
  foldsRamps: boolean,
): Folded[] {
  const groups: OccurrenceResult[][] = [];
  const open = new Map<string, OccurrenceResult[]>();
  for (const each of occurrences) {
    const isFolded = each.sort !== 'ramp' || foldsRamps;
    const key = isFolded ? [each.component, each.as ?? each.what].join('\n') : '';
    const group = open.get(key);
    const isStep = each.change !== undefined || each.sort === 'ramp';
    const limit = isStep ? stepsTogether : together;
    if (key !== '' && group !== undefined && each.at - (group.at(-1)?.at ?? 0) <= limit) group.push(each);
    else {
      const begun = [each];
      groups.push(begun);
      open.set(key, begun);
    }
  }
  return groups.map((group) => ({
    at: group[0].at,
    component: group[0].component,
    sort: group[0].sort,
    text: textOf(group, onsetOf(group[0].at)),
  }));
}

function textOf(group: readonly OccurrenceResult[], onset: number): string {
  const [first] = group;
  const last = group[group.length - 1];
  if (group.length === 1) return first.what;
  const until = last.at - first.at < 1 ? '' : `, last T+${sinceText(last.at - onset)}`;
  const steps = `in ${group.length} steps${until}`;
  if (first.sort === 'ramp') {
    const end = last.what.slice((first.as ?? '').length).replace(/^: /, '');
    return `${first.what}, then by and by ${end}, ${steps}`;
  }
  if (first.as === undefined) return `${first.what} (${group.length} times${until})`;
  if (first.change === undefined || last.change === undefined) {
    const count = first.of === undefined ? `${group.length}` : `${group.length} of ${first.of}`;
    return `${count} ${first.as}${until}`;
  }
  const [from, to] = [first.change[0], last.change[1]];
  return `${first.as} ${from} → ${to} ${steps}`;
}
