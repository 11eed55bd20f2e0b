import type { ExampleResult, Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { runWords } from './next-steps.ts';

/** A request that stands for others, and the command that tells what happened to it. */
export interface Replay {
  readonly example: ExampleResult;
  /** `orders: p99, 412 ms`, `orders: timed-out, after 2 s`. */
  readonly what: string;
  /** Words that belong together (an option and its value) are one. */
  readonly words: readonly string[];
}

/** Requests to look at: near p99 first, then how they fail, then the slowest; by workload. */
export const replaysOf = (result: Result): Replay[] =>
  [...(result.examples ?? [])]
    .sort((a, b) => rank(a) - rank(b))
    .map((example) => ({
      example,
      what: whatText(example),
      words: [...runWords(result), `--seed ${result.seed}`, `--trace-request ${example.operation}`],
    }));

const rank = ({ reason, outcome }: ExampleResult): number =>
  reason === 'p99' ? 0 : outcome === 'answered' ? 2 : 1;

function whatText({ workload, reason, outcome, latency }: ExampleResult): string {
  if (latency === null) return `${workload}: ${reason}`;
  const time = formatQuantity(latency, 'duration');
  return `${workload}: ${reason}, ${outcome === 'answered' ? time : `after ${time}`}`;
}
