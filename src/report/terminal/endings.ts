import type { FailureResult, Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { type Row, table } from '../text/table.ts';
import { displayWidth } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { Page } from './page.ts';

/** How an operation can end, as its counter is called, and as people call it. */
const endings: readonly (readonly [string, string])[] = [
  ['succeeded', 'succeeded'],
  ['rejected', 'rejected'],
  ['timedOut', 'timed out'],
  ['failed', 'failed'],
  ['unfinished', 'unfinished'],
  ['abandoned', 'never sent'],
];

/** Reasons that are endings of their own, and need no explanation below `failed`. */
const isEnding = ({ reason }: FailureResult): boolean =>
  ['rejected', 'timed-out', 'unfinished'].includes(reason);

/** How a workload's operations ended; the parts add up. One line where every one succeeded. */
export function endingLines(id: string, result: Result, page: Page): string[] {
  const { columns, names, style } = page;
  const total = (name: string) => result.metrics[`${id}.${name}.total`]?.value ?? 0;
  const parts = endings
    .map(([counter, word]) => ({ counter, word, count: total(counter) }))
    .filter(({ count }) => count > 0);
  const wanted = parts.reduce((sum, { count }) => sum + count, 0);
  const retries = total('retries') > 0 ? `, ${countText(total('retries'))} attempts were repeated` : '';
  const title = `${names.owner(id)}: ${countText(wanted)} operations a run`;
  if (wanted === 0) return [];
  if (parts.length === 1 && parts[0].counter === 'succeeded') {
    return wrap(`all ${countText(wanted)} operations a run succeeded${retries}`, columns, { indent: 2 }).map(
      style.dim,
    );
  }
  const rows = parts.map(
    ({ word, count }): Row => [`    ${word}`, countText(count), shareText(count, wanted)],
  );
  const lines = table([{}, { align: 'right' }, { align: 'decimal' }], rows, { columns });
  return [
    '',
    ...wrap(`${title}${retries}`, columns, { indent: 2 }),
    ...lines,
    ...reasonLines(id, result, page),
  ];
}

const countText = (count: number): string => formatQuantity(count, 'count', { digits: 4 });
const shareText = (count: number, all: number): string => formatQuantity(count / all, 'ratio', { digits: 3 });

/** What the reasons of failed operations mean. */
function reasonLines(id: string, { failures }: Result, { columns, style }: Page): string[] {
  return failures
    .filter((failure) => id.endsWith(`.${failure.workload}`) && !isEnding(failure))
    .flatMap(({ reason, count, means }) => {
      const start = `${countText(count)} ${reason}: `;
      const hanging = 6 + Math.min(displayWidth(start), 8);
      return wrap(`${start}${means}`, columns, { indent: 6, hanging });
    })
    .map((line) => style.dim(line));
}
