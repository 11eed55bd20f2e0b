import { Assembly } from '../../models/assemble.ts';
import type { Scenario } from '../../models/parse.ts';
import type { TracedThread } from '../../models/trace/cursor-trace.ts';
import { operationText, type TracedOperation, Tracer, type TraceWish } from '../../models/trace/tracer.ts';
import type { Trace, TraceOperation, TraceThread } from '../../result/index.ts';

export interface TraceSettings {
  readonly file: string;
  readonly version: string;
  readonly seed: number;
  /** The first is 0. */
  readonly run: number;
  readonly wish: TraceWish;
  /** Why operations are wished for, by their identity. */
  readonly reasons?: ReadonlyMap<string, string>;
  readonly progress?: (share: number) => void;
}

/** One run again, with some of its operations recorded: what happens in it is what happened without. */
export function traceRun(scenario: Scenario, settings: TraceSettings): Trace {
  const { file, version, seed, run, wish, reasons, progress } = settings;
  const tracer = new Tracer(wish);
  const assembly = new Assembly(scenario.design, seed, run, tracer);
  assembly.run(progress);
  return {
    scenario: { name: scenario.design.name, file },
    version,
    seed,
    run: run + 1,
    fingerprint: assembly.simulation.fingerprint,
    operations: tracer.operations.map((operation) => {
      const reason = reasons?.get(operationText(operation));
      return {
        ...operationOf(operation, run, assembly),
        ...(reason === undefined ? {} : { reason }),
      };
    }),
  };
}

function operationOf(operation: TracedOperation, run: number, assembly: Assembly): TraceOperation {
  const { caller, place, arrivedAt, endedAt, failure, attempts, threads } = operation;
  return {
    id: `${run + 1}-${operationText(operation)}`,
    caller,
    place: assembly.placeNames[place],
    arrivedAt,
    endedAt,
    failure,
    attempts,
    threads: threads.map((thread) => threadOf(thread, assembly)),
  };
}

/**
 * Names instead of numbers; the way to a place lies before what was entered there, not in it; and what never ended does so
 * with the run.
 */
function threadOf(
  thread: TracedThread,
  { placeNames, segmentList, simulation, ways }: Assembly,
): TraceThread {
  const ending = (to: number) => Math.min(to, simulation.now);
  const spans = thread.spans.map((span) => ({
    ...span,
    to: ending(span.to),
    place: placeNames[span.place],
  }));
  const parts = thread.parts.map(({ segment, ...part }) => {
    const { station, phase, waits } = segmentList[segment];
    return { ...part, to: ending(part.to), station, phase, waits, isWay: ways.has(segment) };
  });
  for (const part of parts) {
    // What comes after the answer has left is the way back: it lies in what is around.
    while (part.span >= 0 && part.from >= spans[part.span].to) part.span = spans[part.span].around;
    const span = spans[part.span];
    if (span !== undefined && part.isWay && part.from === span.from && part.to <= span.to) {
      spans[part.span] = { ...span, from: part.to };
      part.span = span.around;
    }
  }
  return { ...thread, place: placeNames[thread.place], to: ending(thread.to), spans, parts };
}
