/**
 * What a health checker thinks of an endpoint: it changes its mind after so many results in a row that say otherwise.
 *
 * Rule: `failures` failed checks in a row make a healthy endpoint unhealthy, `successes` passed ones an unhealthy one
 * healthy; a result that agrees with the opinion ends the row.
 * Source: Route 53 developer guide, dns-failover-determining-health-of-endpoints.md. Differs: Route 53 has one threshold
 * for both ways. Cost: constant.
 */
export interface Opinion {
  readonly isHealthy: boolean;
  /** Results in a row against it. */
  readonly against: number;
}

export interface Thresholds {
  readonly failures: number;
  readonly successes: number;
}

export function hear(opinion: Opinion, passed: boolean, { failures, successes }: Thresholds): Opinion {
  if (passed === opinion.isHealthy) return opinion.against === 0 ? opinion : { ...opinion, against: 0 };
  const against = opinion.against + 1;
  const enough = opinion.isHealthy ? failures : successes;
  return against < enough ? { ...opinion, against } : { isHealthy: passed, against: 0 };
}
