import { expect, test } from 'vitest';
import { renderTerminal } from '../../../src/report/terminal/index.ts';
import { resultOf } from '../../../src/study/result-of.ts';
import { simulateRun } from '../../../src/study/simulate-run.ts';
import { scenarioOf } from '../../models/harness.ts';

function reportOf(rate: string): string {
  const scenario = scenarioOf(`
run: { duration: 6m, warmUp: 1m }
workloads: { w: { arrivals: { rate: ${rate}, process: deterministic }, client: { timeout: 1s }, call: s.x } }
services: { s: { threads: 4, operations: { x: [work: 1ms] } } }
regions: { east: us-east-1 }
faults: { f: { fault: region-outage, region: east, at: 2m, for: 1m, settle: 1m } }
`);
  const settings = { file: 'x.yaml', version: '0', seed: 1, alpha: 0.05 };
  return renderTerminal(resultOf(scenario, [simulateRun(scenario, 1, 0)], settings), {
    color: false,
    columns: 80,
  });
}

test('how finely a recovery time is known is told where a thousand callers take their time', () => {
  expect(reportOf('10/s')).toContain('f: longest by w, known to a window of 1,000 arrivals: 1.67 m');
  expect(reportOf('100/s')).not.toContain('known to a window');
});
