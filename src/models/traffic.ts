import type { StepConfig } from './step.ts';

/** Callers that an entry of the scenario brings, as they are known before any run. */
export interface Traffic {
  /** What they call: `service.operation`. */
  readonly call: string;
  /** What each caller calls first, where that is something else. */
  readonly opens?: string;
  /** Names of the keys that each call carries. */
  readonly keys: readonly string[];
  /** Shares of the calls by origin. Absent: all come from beside the first region. */
  readonly from?: Readonly<Record<string, number>>;
  /** Whether its data may go to a region. Absent: to all. */
  mayGoTo?(region: string): boolean;
  /** Calls that one caller makes with the same keys, on the mean: 1 unless there are sessions. */
  readonly callsPerCaller: number;
  /** Set where the calls are a Poisson process of this constant rate, and nobody times out or calls again. */
  readonly poissonRate?: number;
  /** Calls a second at an instant (seconds of Unix time), failures and retries left out. */
  rateAt(instant: number): number;
}

/** An operation that can be called, and where. */
export interface Callable {
  readonly steps: readonly StepConfig[];
  /** Names of the regions where it stands, in the scenario's order. */
  readonly regions: readonly string[];
}
