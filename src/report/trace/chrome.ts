import type { Trace, TraceOperation, TracePart, TraceThread } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { Tracks } from './tracks.ts';

/**
 * One event of the Trace Event Format (N. Duca and D. Sinclair, Google, 2016), which Perfetto's viewer and Chrome's open: `X` a
 * slice, `s` and `f` the ends of an arrow, `M` a name. Instants and durations are microseconds.
 */
export interface ChromeEvent {
  readonly ph: 'X' | 's' | 'f' | 'M';
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number;
  /** Binds an arrow's end to the slice around it. */
  readonly bp?: 'e';
  readonly args?: Readonly<Record<string, unknown>>;
}

/** A trace as a file for Perfetto: a process a request, a track for what each of its threads does in a place. */
export function chromeTrace({ operations, ...trace }: Trace): string {
  const arrows = { count: 0 };
  const events = [...operations]
    .sort((a, b) => a.arrivedAt - b.arrivedAt)
    .flatMap((operation, at) => eventsOf(operation, at + 1, arrows));
  const lines = events.map((event) => JSON.stringify(event)).join(',\n');
  const { scenario, version, seed, run, fingerprint } = trace;
  const about = { scenario: scenario.name, file: scenario.file, version, seed, run, fingerprint };
  return `{"displayTimeUnit":"ms","otherData":${JSON.stringify(about)},"traceEvents":[\n${lines}\n]}\n`;
}

const callerName = (caller: string): string => caller.split('.')[1] ?? caller;

const micros = (ticks: number): number => Number((ticks / 1000).toFixed(3));

/** The track of the caller. */
const callerTrack = 1;

function eventsOf(operation: TraceOperation, pid: number, arrows: { count: number }): ChromeEvent[] {
  const { threads } = operation;
  const tracks = new Tracks(callerTrack + 1);
  const events = [
    ...callerEvents(operation, pid),
    ...threads.flatMap((thread, number) => threadEvents(thread, number, { operation, pid, tracks, arrows })),
  ];
  return [...nameEvents(operation, pid, tracks), ...events.sort(inOrder)];
}

/** Slices at one instant: the one around the others first. */
function inOrder(a: ChromeEvent, b: ChromeEvent): number {
  return (a.ts ?? 0) - (b.ts ?? 0) || (b.dur ?? -1) - (a.dur ?? -1);
}

function nameEvents(operation: TraceOperation, pid: number, tracks: Tracks): ChromeEvent[] {
  const { caller, id, place, arrivedAt, endedAt, failure, reason } = operation;
  const outcome =
    endedAt === null ? 'unfinished' : (failure ?? formatQuantity((endedAt - arrivedAt) / 1e9, 'duration'));
  const note = reason === undefined || reason === failure ? '' : `, ${reason}`;
  const named = (what: string, tid: number, args: Record<string, unknown>): ChromeEvent => ({
    ph: 'M',
    name: what,
    pid,
    tid,
    args,
  });
  return [
    named('process_name', 0, { name: `${callerName(caller)} ${id}: ${outcome}${note}` }),
    named('process_sort_index', 0, { sort_index: pid }),
    named('thread_name', callerTrack, { name: `caller in ${place}` }),
    named('thread_sort_index', callerTrack, { sort_index: callerTrack }),
    ...tracks.all.flatMap(({ tid, name }) => [
      named('thread_name', tid, { name }),
      named('thread_sort_index', tid, { sort_index: tid }),
    ]),
  ];
}

/** What the caller sees: the request, and each attempt for as long as it waits for it. */
function callerEvents(operation: TraceOperation, pid: number): ChromeEvent[] {
  const { id, caller, arrivedAt, endedAt, failure, attempts, threads } = operation;
  const end = endedAt ?? Math.max(arrivedAt, ...threads.map(({ to }) => to));
  const slice = (name: string, from: number, to: number, why: string | null): ChromeEvent => ({
    ph: 'X',
    name,
    cat: 'caller',
    pid,
    tid: callerTrack,
    ts: micros(from),
    dur: micros(to - from),
    args: { ...(why === null ? {} : { failure: why }), request: id },
  });
  return [
    slice(callerName(caller), arrivedAt, end, failure),
    ...attempts.map(({ from, to, failure: why }, at) => slice(`attempt ${at + 1}`, from, to ?? end, why)),
  ];
}

interface Drawing {
  readonly operation: TraceOperation;
  readonly pid: number;
  readonly tracks: Tracks;
  readonly arrows: { count: number };
}

function threadEvents(thread: TraceThread, number: number, drawing: Drawing): ChromeEvent[] {
  const { operation, pid, tracks } = drawing;
  const label = labelOf(thread, operation);
  const trackIn = (place: string) => tracks.of(number, place, `${label} in ${place}`);
  const own = trackIn(thread.place);
  const slice = (
    name: string,
    cat: string,
    tid: number,
    from: number,
    to: number,
    args = {},
  ): ChromeEvent => ({
    ph: 'X',
    name,
    cat,
    pid,
    tid,
    ts: micros(from),
    dur: micros(Math.max(0, to - from)),
    args,
  });
  const placeOf = (span: number) => (span < 0 ? thread.place : thread.spans[span].place);
  return [
    slice(label, thread.isAwaited ? 'thread' : 'async', own, thread.from, thread.to, {
      ...(thread.failure === null ? {} : { failure: thread.failure }),
      ...(thread.givenUp === null ? {} : { givenUp: thread.givenUp.reason }),
    }),
    ...beginning(thread, own, drawing),
    ...thread.spans.flatMap(({ name, place, from, to, around }) => {
      const [outer, inner] = [trackIn(placeOf(around)), trackIn(place)];
      return [
        slice(name, 'call', inner, from, to, { place }),
        ...(outer === inner ? [] : [...crossing(thread, around, from, outer, inner, drawing)]),
      ];
    }),
    ...thread.parts.map((part) =>
      slice(part.phase, categoryOf(part), trackIn(placeOf(part.span)), part.from, endIn(part, thread), {
        station: part.station,
        ...(part.isShared ? { shared: true } : {}),
      }),
    ),
  ];
}

const labelOf = ({ name, parent }: TraceThread, { threads }: TraceOperation): string =>
  parent < 0 ? name : `${name} of ${threads[parent].name}`;

const categoryOf = ({ isWay, waits }: TracePart): string =>
  isWay ? 'network' : waits ? 'queueing' : 'service';

/** A part never reaches beyond what it lies in. */
const endIn = ({ to, span }: TracePart, { spans, to: end }: TraceThread): number =>
  Math.min(to, span < 0 ? end : spans[span].to);

/** An arrow from where a thread was begun. */
function beginning(
  thread: TraceThread,
  own: number,
  { operation, pid, tracks, arrows }: Drawing,
): ChromeEvent[] {
  const { parent, from, isAwaited } = thread;
  const starter = parent < 0 ? undefined : operation.threads[parent];
  const span = starter?.spans.findLast((each) => each.from <= from && from < each.to);
  const source =
    starter === undefined
      ? callerTrack
      : tracks.of(parent, span?.place ?? starter.place, labelOf(starter, operation));
  return arrow(isAwaited ? 'begins' : 'async', pid, [source, from], [own, from], arrows);
}

/** An arrow along the way to another place. */
function crossing(
  { parts }: TraceThread,
  around: number,
  arrival: number,
  outer: number,
  inner: number,
  { pid, arrows }: Drawing,
): ChromeEvent[] {
  const way = parts.find(({ span, isWay, to }) => span === around && isWay && to === arrival);
  return arrow('crosses', pid, [outer, way?.from ?? arrival], [inner, arrival], arrows);
}

function arrow(
  name: string,
  pid: number,
  [fromTrack, from]: readonly [number, number],
  [toTrack, to]: readonly [number, number],
  arrows: { count: number },
): ChromeEvent[] {
  arrows.count += 1;
  const both = { name, cat: 'flow', pid, id: arrows.count };
  return [
    { ph: 's', ...both, tid: fromTrack, ts: micros(from) },
    { ph: 'f', bp: 'e', ...both, tid: toTrack, ts: micros(to) },
  ];
}
