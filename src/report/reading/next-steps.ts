import type { Result } from '../../result/index.ts';

/** A command that a reader of this report may want next. */
export interface NextStep {
  /** Words that belong together (an option and its value) are one. */
  readonly words: readonly string[];
  readonly why: string;
}

/** The command that gives the same report again. */
export function againWords(
  result: Pick<Result, 'scenario' | 'seed'>,
  options: readonly string[] = [],
): string[] {
  const { seed, scenario } = result;
  const runs = scenario.runsAsked === undefined ? [] : [`--runs ${scenario.runsAsked}`];
  return [...runWords(result), ...options, ...runs, `--seed ${seed}`];
}

/** The command without what only repeats it. */
export const runWords = ({ scenario }: Pick<Result, 'scenario'>): string[] => [
  `headroom run ${shellText(scenario.file)}`,
  ...setWords(scenario),
];

const setWords = ({ sets = [] }: Result['scenario']): string[] =>
  sets.map((set) => `--set ${shellText(set)}`);

/** What to look at next: what this result leaves open first, and every number of it at last. */
export function nextSteps(result: Result): NextStep[] {
  const { runs, scenario, targets } = result;
  const run = runWords(result);
  const isOpen = targets.some(({ status }) => status === 'inconclusive');
  const uneven = result.topology.nodes.find(({ cells = [] }) => isUneven(cells.map(({ share }) => share)));
  const unsure = result.assumptions.filter(({ uncertain }) => uncertain).length;
  const steps: (NextStep | false)[] = [
    runs === 1 && { words: [...run, '--runs 5'], why: 'how sure is that?' },
    isOpen && runs > 1 && { words: [...run, `--runs ${runs * 4}`], why: 'decide what is undecided' },
    uneven !== undefined && {
      words: [
        `headroom place ${shellText(scenario.file)}`,
        `--in ${uneven.id}`,
        ...setWords(scenario),
        '--spread',
        '--keys KEYS',
      ],
      why: 'where do your own keys land? (a file, one a line)',
    },
    unsure > 0 && {
      words: [`headroom uncertain ${shellText(scenario.file)}`, ...setWords(scenario)],
      why: `how likely is that, with ${unsure} uncertain ${unsure === 1 ? 'input' : 'inputs'}?`,
    },
    result.load === 'stable' &&
      result.verdict !== 'fail' &&
      result.headroom === undefined && {
        words: [`headroom limit ${shellText(scenario.file)}`, ...setWords(scenario)],
        why: 'how far can it grow?',
      },
    { words: [...run, '--json'], why: 'every number' },
  ];
  return steps.filter((step) => step !== false);
}

/** Whether the hottest of several has at least twice an even share. */
const isUneven = (shares: readonly number[]): boolean =>
  shares.length > 1 && Math.max(...shares) * shares.length >= 2;

/** A word as a shell reads it back. */
export const shellText = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
