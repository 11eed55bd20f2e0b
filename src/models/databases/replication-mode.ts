import type { DatabaseConfig } from './config.ts';
import { replicaCount } from './config.ts';
import type { AnswerPoint } from './replica-answers.ts';

/** How many copies a write is safe on before it is acknowledged. */
export type ReplicationMode = 'async' | 'semi-sync' | 'quorum' | 'sync';

/** What a write waits for after its own commit. */
export interface WaitTerms {
  /** How many replicas must have answered. */
  readonly replicas: number;
  readonly until: AnswerPoint;
  /** Seconds. */
  readonly deadline?: number;
  readonly else: 'fail' | 'go-on';
  /** Whether replicas that are known to be gone are waited for no longer. */
  readonly isShrinking?: boolean;
}

/** Of MySQL's rpl_semi_sync_source_timeout: then a write goes on as if nobody had waited. */
const semiSyncTimeout = 10;

/** Replicas that must have a write on disk so that, with the primary, more than half of the copies have it. */
export const quorumOf = (replicas: number): number => Math.floor((replicas + 1) / 2);

/** Replicas that must be in reach for one of them to have every write that a quorum has acknowledged. */
export const witnessesOf = (replicas: number): number => replicas + 1 - quorumOf(replicas);

/**
 * What every write of a database waits for that does not say otherwise.
 *
 * semi-sync: any one replica, for 10 s at most (MySQL). quorum: more than half of the copies, for as long as it takes
 * (PostgreSQL's ANY k, Raft). sync: all replicas; one that is dead blocks writes until it is back, as in PostgreSQL, or, with a
 * failover, until it has been missed `failures` times, as Patroni's synchronous_mode takes it off the list. All until the
 * replicas have it on disk.
 */
export function termsOf({ replication, failover, ...config }: DatabaseConfig): WaitTerms | undefined {
  const count = replicaCount({ replication, ...config });
  switch (replication.mode) {
    case 'async':
      return undefined;
    case 'semi-sync':
      return { replicas: 1, until: 'flushed', deadline: semiSyncTimeout, else: 'go-on' };
    case 'quorum':
      return { replicas: quorumOf(count), until: 'flushed', else: 'fail' };
    case 'sync':
      return { replicas: count, until: 'flushed', else: 'fail', isShrinking: failover !== undefined };
  }
}
