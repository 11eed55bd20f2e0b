import type { Scenario } from '../../models/parse.ts';
import type { Result, Trace } from '../../result/index.ts';
import { examplesOf } from '../examples-of.ts';
import type { RunRecord } from '../simulate-run.ts';
import { requestIdOf } from './request-id.ts';
import { type TraceSettings, traceRun } from './trace-run.ts';

/** Operations that are recorded for a look at what is usual: about so many, and never more than twice that. */
const usual = 100;

/**
 * The first run again with a sample of its operations recorded, evenly by their identity, and with those that nobody would
 * meet by chance: near its 99th percentile, its slowest, one of each kind of failure.
 */
export function traceSample(
  scenario: Scenario,
  first: RunRecord,
  { metrics }: Pick<Result, 'metrics'>,
  settings: Omit<TraceSettings, 'run' | 'wish' | 'reasons'>,
): Trace {
  const reasons = new Map(
    examplesOf([first], metrics).flatMap(({ operation, reason }) => {
      const id = requestIdOf(operation);
      return id === undefined ? [] : [[id.operation, reason] as const];
    }),
  );
  const trace = traceRun(scenario, {
    ...settings,
    run: first.run,
    wish: {
      named: new Set(reasons.keys()),
      share: Math.min(1, usual / Math.max(1, first.operations)),
      most: 2 * usual,
    },
    reasons,
  });
  if (trace.fingerprint !== first.fingerprint)
    throw new Error(`the traced run is another one: ${trace.fingerprint}, not ${first.fingerprint}`);
  return trace;
}
