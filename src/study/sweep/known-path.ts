import type { Design } from '../../models/design.ts';
import { kinds } from '../../models/kinds.ts';
import { nearestWord } from '../../scenario/index.ts';
import type { BadVary } from './vary.ts';

/** Parts of a scenario that are no kinds. */
const others = ['name', 'title', 'run', 'targets', 'check'];

/**
 * Whether a path leads to something that the scenario has: a new entry of a section, made of one number, is nobody's
 * intention. Keys below an entry are the schema's to know.
 */
export function unknownPath(path: string, design: Design): BadVary | undefined {
  const [section, name] = path.split('.');
  const sections = kinds.filter(({ shape }) => shape !== 'implied');
  const kind = sections.find((each) => each.section === section);
  if (kind === undefined) {
    const known = [...others, ...sections.map((each) => each.section)];
    return others.includes(section) ? undefined : missing(`a scenario has no ${section}`, section, known, '');
  }
  if (kind.shape !== 'named') return undefined;
  const names = design.names(section);
  if (name === undefined)
    return { problem: `--vary ${path}: name one of ${section}`, hint: names.join(', ') };
  return names.includes(name)
    ? undefined
    : missing(`no ${kind.noun} is called ${name}`, name, names, `${section}.`);
}

function missing(problem: string, word: string, known: readonly string[], before: string): BadVary {
  const near = nearestWord(word, known);
  return {
    problem: `--vary: ${problem}`,
    hint: near === undefined ? `expected one of ${known.join(', ')}` : `did you mean ${before}${near}?`,
  };
}
