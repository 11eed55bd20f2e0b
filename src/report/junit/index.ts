import type { Result, TargetResult } from '../../result/index.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { marginText } from '../reading/margin-text.ts';
import { againWords } from '../reading/next-steps.ts';
import { askedText, measuredBy } from '../reading/target-groups.ts';
import type { Reporter } from '../reporter.ts';
import { element } from './xml.ts';

/**
 * A suite a result, a test case a metric that a target is held against. A broken need is a failure. What CI must not
 * stop at is skipped, with the reason: a refuted claim, and what the runs could not decide.
 */
export const junitReporter: Reporter = {
  name: 'junit',
  render: async (results, view) => {
    const cases = results.flatMap(({ targets }) => targets);
    const suites = element('testsuites', { name: 'headroom', ...countsOf(cases) }, results.map(suiteOf));
    return [{ path: view.path, content: `<?xml version="1.0" encoding="UTF-8"?>\n${suites}\n` }];
  },
};

const isFailure = ({ status }: TargetResult): boolean => status === 'fail' || status === 'no-data';
const isSkipped = ({ status }: TargetResult): boolean => status === 'warn' || status === 'inconclusive';

const countsOf = (targets: readonly TargetResult[]) => ({
  tests: targets.length,
  failures: targets.filter(isFailure).length,
  errors: 0,
});

function suiteOf(result: Result): string {
  const { scenario, targets, seed, runs, fingerprint, load } = result;
  const facts = { file: scenario.file, seed, runs, fingerprint, load, again: againWords(result).join(' ') };
  const properties = Object.entries(facts).map(([name, value]) => element('property', { name, value }));
  return element(
    'testsuite',
    { name: scenario.name, ...countsOf(targets), skipped: targets.filter(isSkipped).length },
    [
      element('properties', {}, properties),
      ...targets.map((target) => caseOf(target, result)),
      ...(targets.length === 0 ? [element('system-out', {}, 'The scenario sets no targets.')] : []),
    ],
  );
}

function caseOf(target: TargetResult, result: Result): string {
  return element(
    'testcase',
    {
      name: askedText(target, target.metric, result),
      classname: result.scenario.name,
    },
    outcomeOf(target, result),
  );
}

function outcomeOf(target: TargetResult, result: Result): string[] {
  const measured = `measured ${estimateText(measuredBy(target, result))}`;
  const margin = marginText(target);
  const lines = [
    margin === '' ? measured : `${measured}, ${margin}`,
    ...(target.reason === undefined ? [] : [target.reason]),
    ...(target.because === undefined ? [] : [`because ${target.because}`]),
  ];
  const [message] = lines;
  if (isFailure(target)) return [element('failure', { type: target.status, message }, lines.join('\n'))];
  if (target.status === 'warn')
    return [element('skipped', { message: `claim refuted: ${lines.join('; ')}` })];
  if (target.status === 'inconclusive')
    return [element('skipped', { message: `undecided: ${lines.join('; ')}` })];
  return [element('system-out', {}, lines[0])];
}
