import { kinds } from '../models/kinds.ts';
import { nearestWord } from '../scenario/index.ts';
import { type ProblemKind, problemKinds } from './problem-kinds.ts';

/** All codes of problems with what they mean; those of a kind by its name. */
const allProblems = (): Map<string, ProblemKind> =>
  new Map([
    ...Object.entries(problemKinds),
    ...kinds.map(({ noun, section, about }): [string, ProblemKind] => [
      noun,
      {
        means: `Every value has the right form, and together they make no sense for ${section}: ${about}`,
        mend: `The message says what is expected; docs/reference/${section}.md has all keys.`,
      },
    ]),
  ]);

/** Problems that a text names: a code, or words of a message. */
export function problemsNamed(text: string): [code: string, ProblemKind][] {
  const all = allProblems();
  const wanted = text.toLowerCase().trim();
  const exact = all.get(wanted.replaceAll(' ', '-')) ?? all.get(wanted);
  if (exact !== undefined) return [[all.has(wanted) ? wanted : wanted.replaceAll(' ', '-'), exact]];
  const begins = [...all].filter(([code]) => wanted.startsWith(code.replaceAll('-', ' ')));
  if (begins.length > 0) return begins;
  return [...all].filter(([code, { means, mend }]) =>
    `${code} ${means} ${mend}`.toLowerCase().includes(wanted),
  );
}

export const problemCodes = (): string[] => [...allProblems().keys()];

export const nearestProblem = (text: string): string | undefined => nearestWord(text, problemCodes());
