import type { PlanDisagreement } from '../../result/index.ts';
import type { Seen } from './seen-designs.ts';

/** Closed forms of the needs held against what was simulated: those outside the 95% interval, and how many are inside. */
export function disagreementsOf(seen: readonly Seen[]): {
  agreed: number;
  disagreements: PlanDisagreement[];
} {
  let agreed = 0;
  const disagreements: PlanDisagreement[] = [];
  for (const { candidate, result } of seen) {
    const distinct = new Map(candidate.predictions.map((each) => [each.metric, each]));
    for (const { metric, unit, value, model } of distinct.values()) {
      const measured = result.metrics[metric];
      if (measured === undefined || measured.data === 'none') continue;
      const { low = null, high = null } = measured;
      const isInside = low !== null && value >= low && (high === null || value <= high);
      if (isInside) agreed += 1;
      else
        disagreements.push({
          values: candidate.values,
          metric,
          unit,
          value,
          model,
          simulated: measured.value,
          low,
          high,
        });
    }
  }
  return { agreed, disagreements };
}
