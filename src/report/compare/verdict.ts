import type { ChangeVerdict } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { dollars } from '../reading/dollars.ts';
import type { Compared } from './compared.ts';
import { leastOf, tally } from './reading.ts';
import { holds, isOpen, type Needs, needsOf } from './survival.ts';

/** A comparison in a word and a sentence. */
export interface ComparisonVerdict {
  readonly status: 'pass' | 'fail' | 'warn' | 'inconclusive' | 'none';
  readonly word: string;
  readonly sentence: string;
}

/** Of two designs, what became of the second; of more, which of those that hold is the cheapest. */
export const verdictOn = (compared: Compared): ComparisonVerdict =>
  compared.results.length === 2 ? verdictOnOne(compared) : verdictOnAll(compared);

function verdictOnOne(compared: Compared): ComparisonVerdict {
  const { comparison, results } = compared;
  const { designs, reference } = comparison;
  const other = 1 - reference;
  const count = (change: ChangeVerdict) =>
    Object.values(comparison.metrics).filter(
      ({ isKey, designs: values }) => isKey && values[other]?.change === change,
    ).length;
  const [better, worse, unclear] = [count('better'), count('worse'), count('unclear')];
  const facts = [
    `${designs[other].label} against ${designs[reference].label}: ${tally(comparison, other) || 'nothing to compare'}`,
    ...needsFacts(designs[other].label, needsOf(results[other])),
    ...needsFacts(designs[reference].label, needsOf(results[reference])),
    ...[costFact(compared, other) ?? []].flat(),
  ];
  const sentence = `${facts.join(' · ')}.`;
  if (better > 0 && worse > 0) return { status: 'warn', word: 'Mixed', sentence };
  if (worse > 0) return { status: 'fail', word: 'Worse', sentence };
  if (better > 0) return { status: 'pass', word: 'Better', sentence };
  return unclear > 0
    ? { status: 'inconclusive', word: 'Undecided', sentence }
    : { status: 'none', word: 'No change', sentence };
}

function needsFacts(label: string, { all, kept, undecided }: Needs): string[] {
  if (all === 0) return [];
  const open = undecided > 0 ? `, ${undecided} undecided` : '';
  return [`${label} keeps ${kept} of ${all} ${all === 1 ? 'need' : 'needs'}${open}`];
}

/** What a design costs more or less than the reference, a month; nothing where that is not known. */
function costFact({ comparison, results }: Compared, at: number): string | undefined {
  const [base, own] = [results[comparison.reference], results[at]].map(({ cost }) =>
    cost.rows.length === 0 ? null : cost.month,
  );
  if (base === null || own === null) return undefined;
  if (base === own) return 'both cost the same';
  const share = base > 0 ? ` (${formatQuantity(Math.abs(own / base - 1), 'ratio', { digits: 2 })})` : '';
  const difference = Math.abs(own - base);
  const money = `$${dollars(difference, difference < 100 ? 2 : 0)}`;
  return `costs ${money} ${own > base ? 'more' : 'less'} a month${share}`;
}

function verdictOnAll(compared: Compared): ComparisonVerdict {
  const { comparison, results } = compared;
  const { designs } = comparison;
  const standing = designs.map((_, at) => at).filter((at) => holds(results[at]));
  const asks = results.some((result) => needsOf(result).all > 0);
  const status = standing.length === 0 ? 'fail' : standing.length < designs.length ? 'warn' : 'pass';
  const cheapest = leastOf(comparison, 'cost.perMillion', (each) => `$${dollars(each, 2)}`, standing);
  const facts = [
    ...(asks ? [] : ['no needs set']),
    ...standingFacts(standing, compared),
    ...(cheapest?.next === undefined
      ? []
      : [
          `the cheapest of those that hold is ${cheapest.labels.join(', ')}, ${cheapest.text} a million requests`,
        ]),
  ];
  return {
    status: asks ? status : 'none',
    word: standing.length === 0 ? 'None holds' : `${standing.length} of ${designs.length} hold`,
    sentence: `${facts.join(' · ')}.`,
  };
}

/** Who holds and who does not; where nobody does, who comes closest. */
function standingFacts(standing: readonly number[], { comparison, results }: Compared): string[] {
  const { designs } = comparison;
  const others = designs.map((_, at) => at).filter((at) => !standing.includes(at));
  const open = others.filter((at) => isOpen(results[at]));
  const fallen = others.filter((at) => !open.includes(at));
  const names = (of: readonly number[]) => of.map((at) => designs[at].label).join(', ');
  if (others.length === 0) return [];
  const undecided = open.length === 0 ? [] : [`undecided: ${names(open)}`];
  if (standing.length > 0)
    return [
      `${names(standing)} ${standing.length === 1 ? 'does' : 'do'}`,
      ...(fallen.length === 0 ? [] : [`${names(fallen)} ${fallen.length === 1 ? 'does' : 'do'} not`]),
      ...undecided,
    ];
  const needs = results.map(needsOf);
  const most = Math.max(...needs.map(({ kept }) => kept));
  if (most === 0) return ['no need is kept by any of them', ...undecided];
  const best = others.filter((at) => needs[at].kept === most);
  return [`most needs are kept by ${names(best)}: ${most} of ${needs[best[0]].all}`, ...undecided];
}
