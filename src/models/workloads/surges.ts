import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { KeyPopulation } from '../contracts/keys.ts';

/** What one surge does while it lasts. */
export interface Surge {
  /** By what the rate of arrivals is multiplied. */
  readonly factor: number;
  /** One value of a key that takes a share of all arrivals. */
  readonly hot?: { readonly key: KeyPopulation; readonly value: number; readonly share: number };
}

/** Chances that a key's own draw is set aside for a surging value. */
interface Redirection {
  readonly key: KeyPopulation;
  readonly values: readonly number[];
  /** For each value, up to which uniform draw it takes all; rising. */
  readonly bounds: readonly number[];
}

/**
 * The surges that a workload's callers are in.
 *
 * Rule: a value that is to have the share s, and by itself has p, takes the place of a key's draw with the chance
 * (s − p) / (1 − p), so that with what it draws by itself it has s, and all others keep their proportions. Of several
 * values of one key, each with sᵢ − pᵢ (1 − Σs) / (1 − Σp).
 */
export class Surges {
  private active: readonly Surge[] = [];
  private redirections: readonly Redirection[] = [];

  /** By what the rate of arrivals is multiplied. */
  get factor(): number {
    return this.active.reduce((product, { factor }) => product * factor, 1);
  }

  get movesKeys(): boolean {
    return this.redirections.length > 0;
  }

  begin(surge: Surge): void {
    this.set([...this.active, surge]);
  }

  end(surge: Surge): void {
    this.set(this.active.filter((each) => each !== surge));
  }

  /**
   * Gives surging values to the keys of an arrival.
   * @param keys values by slot, changed in place
   * @param word the word of the first slot's draw; the others' follow
   */
  redirect(keys: number[], draws: KeyedDraws, high: number, low: number, word: number): void {
    for (const { key, values, bounds } of this.redirections) {
      const draw = draws.uniform(high, low, word + key.slot);
      for (let at = 0; at < values.length; at += 1) {
        if (draw >= bounds[at]) continue;
        keys[key.slot] = values[at];
        break;
      }
    }
  }

  private set(active: readonly Surge[]): void {
    this.active = active;
    const keys = new Set(active.flatMap(({ hot }) => hot?.key ?? []));
    this.redirections = [...keys].map((key) => this.redirectionOf(key));
  }

  private redirectionOf(key: KeyPopulation): Redirection {
    const shares = new Map<number, number>();
    for (const { hot } of this.active) {
      if (hot?.key === key) shares.set(hot.value, (shares.get(hot.value) ?? 0) + hot.share);
    }
    const values = [...shares.keys()];
    const sum = (of: (value: number) => number) => values.reduce((total, value) => total + of(value), 0);
    const left = Math.max(0, 1 - sum((value) => shares.get(value) as number));
    const others = 1 - sum((value) => key.share(value));
    let bound = 0;
    const bounds = values.map((value) => {
      const own = others > 0 ? (key.share(value) * left) / others : 0;
      bound += Math.max(0, (shares.get(value) as number) - own);
      return bound;
    });
    return { key, values, bounds };
  }
}
