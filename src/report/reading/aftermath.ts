import type { AftermathState, FaultResult, HoldResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Names } from './names.ts';

/** Reasons that are told. */
const mostHolds = 4;

const words: Readonly<Record<Exclude<AftermathState, 'recovered'>, readonly [string, string]>> = {
  stuck: ['stuck', 'not well again, though it is over'],
  settling: ['settling', 'well again, not for long enough to be sure'],
  lasts: ['not well again', 'it lasts'],
  'amiss-before': ['not well', 'nor was all well before it'],
};

/** How it went on after a fault where that is not simply over: the worst first, each with how many runs it was so in. */
export function aftermathTexts({ aftermath }: FaultResult): string[] {
  if (aftermath === undefined) return [];
  const { runs } = aftermath;
  const inRuns = (count: number) => (runs.length === 1 ? '' : ` in ${count} of ${runs.length} runs`);
  return (Object.keys(words) as (keyof typeof words)[]).flatMap((state) => {
    const count = runs.filter((each) => each === state).length;
    const [what, why] = words[state];
    return count === 0 ? [] : [`${what}${inRuns(count)}: ${why}`];
  });
}

/** What holds the system down after a fault that is over, by weight. */
export const holdTexts = ({ aftermath }: FaultResult, names: Names): string[] =>
  (aftermath?.holds ?? []).slice(0, mostHolds).map((hold) => holdText(hold, names));

function holdText({ sign, of, before, after, grows }: HoldResult, names: Names): string {
  const where = names.of(of);
  const share = (value: number) => formatQuantity(value, 'ratio', { digits: 2 });
  const count = (value: number) => formatQuantity(Math.round(value), 'count');
  const growing = grows === true ? ', and more and more' : '';
  switch (sign) {
    case 'retries':
      return `${where}: ${share(after)} of the attempts are retries (${share(before)} before)`;
    case 'in-vain':
      return `${where}: ${share(after)} of what is done is done for callers who have given up (${share(before)} before)`;
    case 'misses':
      return `${where}: ${share(after)} of the lookups find nothing (${share(before)} before)`;
    case 'waiting':
      return `${where}: ${count(after)} requests wait (${count(before)} before)${growing}`;
    case 'lag':
      return `${where}: ${count(after)} records behind (${count(before)} before)${growing}`;
  }
}
