import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Cursor } from '../cursor.ts';

/** A version of a service that is worse than the one before: some of its requests fail. */
export class BadDeploy {
  constructor(
    private readonly errors: number,
    private readonly draws: KeyedDraws,
  ) {}

  /** Whether a request that has its thread fails: a bug that meets some requests, before it does anything. */
  fails({ high, low, word }: Cursor): boolean {
    return this.draws.uniform(high, low, word) < this.errors;
  }
}
