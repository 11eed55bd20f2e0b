import { metricId, splitView } from '../metrics/index.ts';
import type { Design } from './design.ts';
import type { Exact } from './kind.ts';
import { kinds } from './kinds.ts';
import { Load } from './load.ts';

/**
 * What closed forms say of a design's metrics, by id: only where one Poisson stream without retries calls one operation
 * over a network without delay and nothing is made to fail. Empty for everything richer; that is what the simulator is for.
 */
export function closedFormsOf(design: Design): Exact {
  const { callers } = new Load(design);
  if (callers.length !== 1 || design.names('faults').length > 0) return {};
  const [{ section, name, traffic }] = callers;
  if (traffic.poissonRate === undefined || traffic.from !== undefined) return {};
  const [callee, operation] = traffic.call.split('.');
  const found: Record<string, Exact[string]> = {};
  for (const kind of kinds) {
    if (kind.exact === undefined) continue;
    if (kind.shape === 'implied') {
      const forms = kind.exact('', {}, traffic.call, traffic.poissonRate, design);
      for (const [metric, exact] of Object.entries(forms)) found[`${kind.section}.${metric}`] = exact;
      continue;
    }
    const config = design.entry(kind.section, callee);
    if (config === undefined) continue;
    const forms = Object.entries(kind.exact(callee, config, operation, traffic.poissonRate, design));
    for (const [metric, exact] of forms) {
      found[metricId([kind.section, callee], metric)] = exact;
      const { metric: seen, view } = splitView(metric);
      for (const each of ofCaller[seen] ?? []) found[metricId([section, name], each, view)] = exact;
    }
  }
  return found;
}

/** What a caller without delay sees of what it calls; latency with failures is infinite, so only answers compare. */
const ofCaller: Readonly<Record<string, readonly string[]>> = {
  throughput: ['throughput'],
  latency: ['answeredLatency', 'latency'],
};
