import {
  inputName,
  type LocatedNode,
  type UncertainInput,
  uncertainInputs,
  withValueAt,
} from '../scenario/index.ts';
import type { Assumption } from './kind.ts';

/** Parts of a scenario that a run reads nothing out of: what may be changed, and what is to come. */
const beside: readonly (string | number)[] = ['plan', 'check', 'growth', 'phases'];

/**
 * Quantities of a scenario that are written `{ low, mid, high }`, and are ranges: a map of three named things may be called
 * that, too, and does not stand as a single value.
 */
export function uncertainOf(
  document: LocatedNode,
  stands: (document: LocatedNode) => boolean,
): UncertainInput[] {
  return uncertainInputs(document).filter(
    ({ path, mid }) => !beside.includes(path[0]) && stands(withValueAt(document, path, mid)),
  );
}

/** What a single run takes of each range. */
export const uncertainAssumptions = (inputs: readonly UncertainInput[]): Assumption[] =>
  inputs.map((input) => ({
    about: inputName(input),
    value: `${input.mid}, the mid of ${input.low} to ${input.high}`,
    source: 'a range of the scenario: headroom uncertain draws from all of it',
  }));
