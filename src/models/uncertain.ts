import {
  inputName,
  type LocatedNode,
  type Path,
  type Problem,
  problemIn,
  type UncertainInput,
  uncertainInputs,
  withValueAt,
} from '../scenario/index.ts';
import type { Assumption } from './kind.ts';

/** Parts of a scenario that are to come: a run reads nothing out of them. */
const toCome: readonly (string | number)[] = ['growth', 'phases'];

/** Parts of a scenario that its author decides, and has nothing to be unsure of. */
const decided: Readonly<Record<string, string>> = {
  run: 'how long and how often is simulated',
  targets: 'what is asked of the design',
  check: 'how a change is judged',
  plan: 'what may be bought',
};

/**
 * Ranges where an author decides.
 * @param others problems of the same document; those within such a range say nothing more
 * @returns the others, and a problem for each such range
 */
export function withDecided(document: LocatedNode, others: readonly Problem[]): Problem[] {
  const ranges = uncertainInputs(document).filter(({ path }) => Object.hasOwn(decided, path[0]));
  const isWithin = (path: Path) =>
    ranges.some((range) => range.path.every((key, at) => String(key) === String(path[at])));
  return [
    ...others.filter(({ path }) => !isWithin(path)),
    ...ranges.map((range) =>
      problemIn(document, range.path, {
        code: 'invalid-value',
        message: `${inputName(range)} cannot be uncertain: it says ${decided[range.path[0]]}`,
        expected: 'one value',
      }),
    ),
  ];
}

/**
 * Quantities of a scenario that are written `{ low, mid, high }`, and are ranges: a map of three named things may be called
 * that, too, and does not stand as a single value.
 */
export function uncertainOf(
  document: LocatedNode,
  stands: (document: LocatedNode) => boolean,
): UncertainInput[] {
  return uncertainInputs(document).filter(
    ({ path, mid }) => !toCome.includes(path[0]) && stands(withValueAt(document, path, mid)),
  );
}

/** What a single run takes of each range. */
export const uncertainAssumptions = (inputs: readonly UncertainInput[]): Assumption[] =>
  inputs.map((input) => ({
    about: inputName(input),
    value: `${input.mid}, the mid of ${input.low} to ${input.high}`,
    source: 'a range of the scenario: headroom uncertain draws from all of it',
    uncertain: true,
  }));
