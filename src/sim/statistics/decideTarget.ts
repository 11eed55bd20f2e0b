/**
 * Whether a target is kept, as far as the runs can tell.
 *
 * Rule: pass if the one-sided bound on the far side keeps the limit, fail if the bound on the near side breaks it, else
 * inconclusive. Both at the estimate's own confidence: make it with `oneSided(0.05 / looks)`.
 * A single run decides nothing, unless its estimate has bounds of its own (counts, shares, exact values).
 */
import type { Estimate } from './estimate.ts';

export type Operator = '<' | '<=' | '>' | '>=';
export type Decision = 'pass' | 'fail' | 'inconclusive' | 'no-data';

export function decideTarget(estimate: Estimate, operator: Operator, limit: number): Decision {
  const { low, high, data } = estimate;
  if (data === 'none') return 'no-data';
  if (low === undefined || high === undefined) return 'inconclusive';
  const isUpper = operator === '<' || operator === '<=';
  if (keeps(isUpper ? high : low, operator, limit)) return 'pass';
  return keeps(isUpper ? low : high, operator, limit) ? 'inconclusive' : 'fail';
}

function keeps(value: number, operator: Operator, limit: number): boolean {
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}
