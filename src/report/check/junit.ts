import {
  type CheckDocument,
  type CheckResult,
  type GateResult,
  isFailing,
  type TargetResult,
} from '../../result/index.ts';
import { element } from '../junit/xml.ts';
import { changeText, expectedText, foundText, meaningText, needText } from './reading.ts';

/** A suite a scenario, a test case a gated metric or a need that is not kept. */
export function checkJunit({ scenarios }: CheckDocument): string {
  const all = scenarios.map(countsOf);
  const sum = (read: (counts: Counts) => number) => all.reduce((total, counts) => total + read(counts), 0);
  const counts = { tests: sum(({ tests }) => tests), failures: sum(({ failures }) => failures), errors: 0 };
  const suites = element('testsuites', { name: 'headroom check', ...counts }, scenarios.map(suiteOf));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${suites}\n`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
}

function countsOf({ gates, needs, problem }: CheckResult): Counts {
  const own = problem === undefined ? 0 : 1;
  return {
    tests: gates.length + needs.length + own,
    failures: gates.filter(isFailing).length + needs.length + own,
    errors: 0,
  };
}

function suiteOf(check: CheckResult): string {
  const { gates, needs, problem, name, file } = check;
  return element('testsuite', { name: file, ...countsOf(check), skipped: 0 }, [
    ...(problem === undefined
      ? []
      : [caseOf(file, 'baseline', element('failure', { type: 'baseline', message: problem }, problem))]),
    ...needs.map((need) => caseOf(name, need.target, needFailure(need))),
    ...gates.map((gate) => caseOf(name, gate.metric, gateOutcome(gate))),
  ]);
}

const caseOf = (classname: string, name: string, outcome: string): string =>
  element('testcase', { name, classname }, [outcome]);

const needFailure = (need: TargetResult): string =>
  element('failure', { type: need.status, message: needText(need) }, needText(need));

function gateOutcome(gate: GateResult): string {
  const text = `expected ${expectedText(gate)}, found ${foundText(gate)}: ${changeText(gate)}`;
  if (!isFailing(gate)) return element('system-out', {}, text);
  return element('failure', { type: gate.status, message: text }, `${text}\n${meaningText(gate)}`);
}
