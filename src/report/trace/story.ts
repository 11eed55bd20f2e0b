import type { Trace, TraceOperation } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { timeText } from '../reading/axis-text.ts';
import { type Style, styleOf } from '../text/style.ts';
import { table } from '../text/table.ts';
import { alignRight, spaces } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import { criticalThreads, latencyParts } from './critical.ts';
import { type TraceNode, treeOf } from './tree.ts';

export interface StoryLook {
  readonly color: boolean;
  readonly columns: number;
}

/** Widths of the instants and of the durations. */
const [atWidth, takesWidth] = [9, 9];

const length = (ticks: number): string => formatQuantity(ticks / 1e9, 'duration');

/** What happened to one request, in the order in which it happened, and what its latency is made of. */
export function storyOf(trace: Trace, operation: TraceOperation, look: StoryLook): string {
  const style = styleOf(look.color);
  const blocks = [headLines(trace, operation, look, style), wayLines(operation, look, style)];
  const sums = sumLines(operation, look, style);
  if (sums.length > 0) blocks.push(sums);
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
}

function headLines(
  { scenario, run, seed }: Trace,
  { id, caller, place, arrivedAt, endedAt, failure, reason }: TraceOperation,
  { columns }: StoryLook,
  style: Style,
): string[] {
  const outcome =
    endedAt === null
      ? 'never ended: the run was over'
      : failure === null
        ? `answered after ${length(endedAt - arrivedAt)}`
        : `given up after ${length(endedAt - arrivedAt)}: ${failure}`;
  const facts = [
    outcome,
    `called from ${place} at ${timeText(arrivedAt / 1e9)}`,
    ...(reason === undefined || reason === failure ? [] : [`an example of ${reason}`]),
  ];
  return [
    style.bold(`${nameOf(caller)}, request ${id}`),
    style.dim(`run ${run} of ${scenario.name}, seed ${seed}`),
    ...wrap(facts.join(' · '), columns, { hanging: 2 }),
  ];
}

/** A line a part: when it began, how long it took, and in what it lay. */
function wayLines(operation: TraceOperation, look: StoryLook, style: Style): string[] {
  const { attempts, arrivedAt, threads, caller } = operation;
  const critical = criticalThreads(operation);
  const head = style.dim(`${alignRight('at', atWidth)} ${alignRight('takes', takesWidth)}`);
  const lines = attempts.flatMap(({ thread, to, failure }, at) => {
    const waited =
      failure === null ? [] : [`${failure} after ${to === null ? '?' : length(to - threads[thread].from)}`];
    const pause = at === 0 ? [] : pauseLine(operation, at, style);
    return [
      ...pause,
      ...nodeLines(treeOf(thread, operation), 0, { caller, arrivedAt, critical, waited, look, style }),
    ];
  });
  const note = threads.some(({ isCut }) => isCut) ? [style.yellow('more happened than was kept')] : [];
  return [head, ...lines, ...note];
}

function pauseLine({ attempts, arrivedAt }: TraceOperation, at: number, style: Style): string[] {
  const [before, after] = [attempts[at - 1].to, attempts[at].from];
  if (before === null || after <= before) return [];
  return [style.dim(`${clock(before - arrivedAt)} ${takes(after - before)}  backs off`)];
}

const clock = (ticks: number): string => alignRight(length(ticks), atWidth);
const takes = (ticks: number): string => alignRight(length(ticks), takesWidth);

interface Telling {
  readonly caller: string;
  readonly arrivedAt: number;
  readonly critical: ReadonlySet<number>;
  /** What the caller made of it, of an attempt. */
  readonly waited: readonly string[];
  readonly look: StoryLook;
  readonly style: Style;
}

function nodeLines(node: TraceNode, depth: number, telling: Telling): string[] {
  const { style, look, arrivedAt, critical } = telling;
  const isBeside = node.sort === 'thread' && !critical.has(node.number);
  const text = textOf(node, isBeside, telling);
  const front = `${clock(node.from - arrivedAt)} ${takes(node.to - node.from)}  ${spaces(2 * depth)}`;
  const [first, ...rest] = wrap(text, Math.max(24, look.columns - front.length));
  const paint = node.sort === 'part' ? (same: string) => same : isBeside ? style.dim : style.bold;
  const lines = [front + paint(first), ...rest.map((line) => spaces(front.length) + paint(line))];
  if (node.sort === 'part') return lines;
  return [...lines, ...node.inside.flatMap((each) => nodeLines(each, depth + 1, { ...telling, waited: [] }))];
}

function textOf(node: TraceNode, isBeside: boolean, { caller, waited }: Telling): string {
  if (node.sort === 'part') {
    const { station, phase, isShared } = node.part;
    return `${stationName(station, caller)}: ${phase}${isShared ? ', together with others' : ''}`;
  }
  if (node.sort === 'span') return `${node.span.name} in ${node.span.place}`;
  const { name, isAwaited, failure, givenUp, from } = node.thread;
  const given = givenUp === null ? [] : [`${givenUp.reason} after ${length(givenUp.at - from)}`];
  const notes = [
    ...waited,
    ...given,
    ...(!isAwaited ? ['nobody waits'] : isBeside && waited.length + given.length === 0 ? ['beside'] : []),
    ...(failure === null || waited.length + given.length > 0 ? [] : [failure]),
  ];
  return [name, ...notes].join(', ');
}

/** `desk` of `services.desk`. */
const stationName = (station: string, caller: string): string =>
  station === caller ? 'caller' : nameOf(station);
const nameOf = (station: string): string => station.split('.').slice(1).join(' ') || station;

/** What the latency is made of, the longest first: it adds up. */
function sumLines(operation: TraceOperation, { columns }: StoryLook, style: Style): string[] {
  const parts = latencyParts(operation);
  if (parts.length === 0) return [];
  const sums = new Map<string, number>();
  for (const { station, phase, from, to } of parts) {
    const name = `${stationName(station, operation.caller)}: ${phase}`;
    sums.set(name, (sums.get(name) ?? 0) + to - from);
  }
  const all = [...sums.values()].reduce((sum, own) => sum + own, 0);
  const rows = [...sums]
    .sort((a, b) => b[1] - a[1])
    .map(([name, own]) => [
      name,
      length(own),
      all === 0 ? '' : formatQuantity(own / all, 'ratio', { digits: 2 }),
    ]);
  return table(
    [
      { header: 'What the latency is made of', minimum: 24, wraps: true },
      { header: 'takes', align: 'right' },
      { header: 'share', align: 'right' },
    ],
    [...rows, ['together', length(all), '']],
    { columns, paintHeader: style.bold },
  );
}
