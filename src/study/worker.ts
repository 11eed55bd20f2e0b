import { parentPort } from 'node:worker_threads';
import { parseOnce } from './parse-once.ts';
import { type RunRecord, simulateRun } from './simulate-run.ts';

/** A unit of work: pure, so that any worker gives the same answer. */
export interface RunOrder {
  readonly text: string;
  readonly seed: number;
  readonly run: number;
  /** By which its progress is told from that of others. */
  readonly order: number;
}

export default function work({ text, seed, run, order }: RunOrder): RunRecord {
  return simulateRun(parseOnce(text), seed, run, (share) => parentPort?.postMessage({ order, share }));
}
