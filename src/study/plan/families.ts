import type { PlanVariable } from '../../result/index.ts';
import { isOf, type Shard } from '../shards/shard.ts';
import type { Candidate } from './candidate.ts';
import { cheaperFirst } from './search.ts';

/**
 * The designs of one shard, whole families of them: what fails rules out what is no better, and that is of the same family.
 *
 * A family has the same values of all variables that are not declared monotone. Where there are fewer of them than shards
 * they are divided by the values of monotone variables, the first one first. The families with the cheapest designs come
 * first, and neighbours go to different shards.
 */
export function shardOfDesigns(
  candidates: readonly Candidate[],
  variables: readonly PlanVariable[],
  shard: Shard,
): Candidate[] {
  const families = familiesOf([...candidates].sort(cheaperFirst), variables, shard.of);
  return families.filter((_, at) => isOf(shard, at)).flat();
}

function familiesOf(
  candidates: readonly Candidate[],
  variables: readonly PlanVariable[],
  wanted: number,
): Candidate[][] {
  const dividing = variables.flatMap(({ monotone }, at) => (monotone ? [] : [at]));
  const monotone = variables.flatMap((each, at) => (each.monotone ? [at] : []));
  let families = groupsBy(candidates, dividing);
  for (const variable of monotone) {
    if (families.length >= wanted) break;
    dividing.push(variable);
    families = groupsBy(candidates, dividing);
  }
  return families;
}

function groupsBy(candidates: readonly Candidate[], variables: readonly number[]): Candidate[][] {
  const groups = new Map<string, Candidate[]>();
  for (const each of candidates) {
    const key = JSON.stringify(variables.map((at) => each.values[at]));
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}
