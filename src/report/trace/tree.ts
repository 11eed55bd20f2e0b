import type { TraceOperation, TracePart, TraceSpan, TraceThread } from '../../result/index.ts';

/** Something that took time, with what it took it for. */
export type TraceNode =
  | { readonly sort: 'part'; readonly from: number; readonly to: number; readonly part: TracePart }
  | {
      readonly sort: 'span';
      readonly from: number;
      readonly to: number;
      readonly span: TraceSpan;
      readonly inside: readonly TraceNode[];
    }
  | {
      readonly sort: 'thread';
      readonly from: number;
      readonly to: number;
      readonly number: number;
      readonly thread: TraceThread;
      readonly inside: readonly TraceNode[];
    };

/** A thread as a tree: in each span its parts, the spans in it, and the threads that were begun there, by time. */
export function treeOf(number: number, operation: TraceOperation): TraceNode {
  const thread = operation.threads[number];
  const children = operation.threads.flatMap((other, at) =>
    other.parent === number ? [{ at, span: spanAt(other.from, thread) }] : [],
  );
  const inside = (span: number): TraceNode[] =>
    [
      ...thread.spans.flatMap((each, at): TraceNode[] =>
        each.around === span
          ? [{ sort: 'span', from: each.from, to: each.to, span: each, inside: inside(at) }]
          : [],
      ),
      ...thread.parts.flatMap((part): TraceNode[] =>
        part.span === span ? [{ sort: 'part', from: part.from, to: part.to, part }] : [],
      ),
      ...children.filter((child) => child.span === span).map(({ at }) => treeOf(at, operation)),
    ].sort((a, b) => a.from - b.from);
  return { sort: 'thread', from: thread.from, to: thread.to, number, thread, inside: inside(-1) };
}

/** Number of the innermost span of a thread at an instant; of two at its very edge the one that has not ended. */
function spanAt(instant: number, { spans }: TraceThread): number {
  return spans.findLastIndex(({ from, to }) => from <= instant && instant < to);
}
