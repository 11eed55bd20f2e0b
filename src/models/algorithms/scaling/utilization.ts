/**
 * How far a metric is from its target, as the Kubernetes HPA reckons: in whole thousandths and whole percents.
 *
 * Rule: utilization% = ⌊100 · Σusage / Σrequest⌋ and ratio = utilization% / target%; for plain values
 * average = ⌊Σusage / pods⌋ in thousandths and ratio = average / target.
 * Source: Kubernetes 1.28, pkg/controller/podautoscaler/metrics/utilization.go.
 * Differs: nothing. 70.9% of a 70% target is 70%, hence "on target".
 */

/**
 * A quantity in whole thousandths of its unit (0.25 cores → 250), rounded up as resource.Quantity.MilliValue
 * does. What lies within a ten-millionth of a thousandth above a whole one is arithmetic noise, not a
 * quantity: the metrics server itself counts in nanocores.
 */
export const toMilli = (quantity: number): number => Math.ceil(quantity * 1000 - 1e-7);

export interface UsageRatio {
  /** Usage over target: 1 is on target. */
  ratio: number;
  /** What the ratio was reckoned from: whole percents of the request, or whole thousandths per pod. */
  current: number;
}

/**
 * Usage and request in thousandths, summed over the same pods; the target in percent. The request must not be
 * 0.
 */
export function utilizationRatio(usage: number, request: number, targetPercent: number): UsageRatio {
  const percent = wholeQuotient(usage * 100, request);
  return { ratio: percent / targetPercent, current: percent };
}

/** Usage in thousandths, summed over `pods`; the target in thousandths per pod. */
export function averageValueRatio(usage: number, pods: number, target: number): UsageRatio {
  const average = wholeQuotient(usage, pods);
  return { ratio: average / target, current: average };
}

/** ⌊a / b⌋ of whole numbers, exact where the rounded quotient would reach the next whole number. */
function wholeQuotient(a: number, b: number): number {
  return (a - (a % b)) / b;
}
