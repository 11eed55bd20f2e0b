import { parentPort } from 'node:worker_threads';
import { parseScenario, type Scenario } from '../models/parse.ts';
import { type RunRecord, simulateRun } from './simulate-run.ts';

/** A unit of work: pure, so that any worker gives the same answer. */
export interface RunOrder {
  readonly text: string;
  readonly seed: number;
  readonly run: number;
  /** By which its progress is told from that of others. */
  readonly order: number;
}

let last: { text: string; scenario: Scenario } | undefined;

export default function work({ text, seed, run, order }: RunOrder): RunRecord {
  if (last?.text !== text) {
    const { scenario } = parseScenario('scenario.yaml', () => text);
    if (scenario === undefined) throw new Error('a resolved scenario did not parse again');
    last = { text, scenario };
  }
  return simulateRun(last.scenario, seed, run, (share) => parentPort?.postMessage({ order, share }));
}
