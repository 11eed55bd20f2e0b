/**
 * What a JUnit report must be, by the schema that Jenkins validates with: junit-10.xsd of jenkinsci/xunit-plugin
 * (src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/, commit 031e285ef3b6), its facts written out: for
 * each element its attributes, those required, and the elements that may stand in it, in any order and number.
 */
export interface ElementRule {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
  /** Whether text may stand in it. */
  readonly isMixed: boolean;
}

const outcome: ElementRule = { required: [], optional: ['type', 'message'], children: [], isMixed: true };
const output: ElementRule = { required: [], optional: [], children: [], isMixed: true };

export const junit10: Readonly<Record<string, ElementRule>> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'errors'],
    children: ['testsuite'],
    isMixed: false,
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
    isMixed: false,
  },
  properties: { required: [], optional: [], children: ['property'], isMixed: false },
  property: { required: ['name', 'value'], optional: [], children: [], isMixed: false },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: [
      ...['skipped', 'error', 'failure', 'rerunFailure', 'rerunError', 'flakyFailure', 'flakyError'],
      ...['system-out', 'system-err'],
    ],
    isMixed: false,
  },
  skipped: outcome,
  error: outcome,
  failure: outcome,
  'system-out': output,
  'system-err': output,
};
