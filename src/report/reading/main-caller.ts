import type { Result } from '../../result/index.ts';
import { hasSeen } from './find.ts';

/** The caller with the most throughput, of those whose latency was measured. */
export function mainCaller({ callers, metrics }: Result): string | undefined {
  const rate = (id: string) => metrics[`${id}.throughput`]?.value ?? 0;
  const known = callers.map(({ id }) => id).filter((id) => hasSeen(metrics[`${id}.latency.p95`]));
  return known.length === 0 ? undefined : known.reduce((most, id) => (rate(id) > rate(most) ? id : most));
}
