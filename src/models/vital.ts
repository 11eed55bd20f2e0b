/** What a vital sign is about, with what it means that it is high. */
export type VitalSign =
  /** Attempts after the first, of all attempts: load that a caller brings because it is not answered. */
  | 'retries'
  /** Attempts done after whoever made them had given them up, of all done: work for nobody. */
  | 'in-vain'
  /** Lookups that found nothing, of all lookups: load on what stands behind the cache. */
  | 'misses'
  /** Requests that wait for a thread, a connection or a core. */
  | 'waiting'
  /** Records that can be read and are not processed. */
  | 'lag';

/** A share, by two sums that only grow, over the whole run. */
export interface ShareVital {
  readonly sign: 'retries' | 'in-vain' | 'misses';
  /** Id of what it is seen at: `caches.positions.in.us-east`. */
  readonly of: string;
  readonly part: () => number;
  readonly whole: () => number;
}

/** A number that goes up and down. */
export interface LevelVital {
  readonly sign: 'waiting' | 'lag';
  readonly of: string;
  readonly level: () => number;
}

export type Vital = ShareVital | LevelVital;

export const isShare = (vital: Vital): vital is ShareVital => 'whole' in vital;
