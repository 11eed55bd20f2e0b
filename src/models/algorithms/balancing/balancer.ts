/** What a balancer sees and answers. A balancer is made by `(options, random) => (pool) => index`. */
export interface BalancedPool {
  /**
   * Requests under way at each instance; its length is the number of instances, and may change between picks.
   */
  inFlight: ArrayLike<number>;
  /** By instance: nonzero while it may be sent to. */
  healthy: ArrayLike<number>;
}

/** Picks an instance to send the next request to; −1 where none is healthy. The caller counts the request. */
export type Balancer = (pool: BalancedPool) => number;

export const noInstance = -1;

/** Uniform in [0, 1). */
export type UniformSource = () => number;
