import { describe, expect, it, test } from 'vitest';
import { junitReporter } from '../../../src/report/junit/index.ts';
import type { Result } from '../../../src/result/index.ts';
import { everything } from '../terminal/everything.ts';
import { simulated } from '../terminal/results.ts';
import { many, oneQueue, overloaded } from '../terminal/scenarios.ts';
import { type Parsed, parseXml } from './parse-xml.ts';
import { junit10 } from './schema.ts';

const xml = async (...results: Result[]): Promise<string> => {
  const [{ content }] = await junitReporter.render(results, { path: 'junit.xml', color: false, columns: 80 });
  return content as string;
};

/** Every place where a document breaks the schema. */
function violations(element: Parsed, inside = ''): string[] {
  const rule = junit10[element.name];
  const place = `${inside}/${element.name}`;
  if (rule === undefined) return [`${place} is no element`];
  const names = Object.keys(element.attributes);
  const known = [...rule.required, ...rule.optional];
  return [
    ...rule.required.filter((name) => !names.includes(name)).map((name) => `${place} lacks ${name}`),
    ...names.filter((name) => !known.includes(name)).map((name) => `${place} has ${name}`),
    ...element.children
      .filter(({ name }) => !rule.children.includes(name))
      .map(({ name }) => `${place} contains ${name}`),
    ...(!rule.isMixed && element.text.trim() !== '' ? [`${place} contains text`] : []),
    ...element.children.flatMap((child) => violations(child, place)),
  ];
}

const all = (element: Parsed, name: string): Parsed[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);

describe('the schema as it is written out', () => {
  test.each([
    ['<testsuites><testcase name="a"/></testsuites>', '/testsuites contains testcase'],
    ['<testsuite name="a" tests="1" failures="0"/>', '/testsuite lacks errors'],
    ['<testsuites skipped="1"/>', '/testsuites has skipped'],
    ['<testcase name="a">loose</testcase>', '/testcase contains text'],
  ])('refuses %s', (text, violation) => {
    expect(violations(parseXml(text))).toEqual([violation]);
  });
});

describe('the JUnit report', () => {
  test.each([
    ['everything', everything],
    ['no targets', simulated(oneQueue, { runs: 1 })],
    ['many targets', simulated(many, { runs: 2 })],
    ['too much load', simulated(overloaded, { runs: 2 })],
  ] as const)('of %s keeps the schema', async (_, result) => {
    expect(violations(parseXml(await xml(result)))).toEqual([]);
  });

  it('counts what it contains', async () => {
    const root = parseXml(await xml(everything));
    const [suite] = root.children;
    for (const { attributes } of [root, suite]) {
      expect(Number(attributes.tests)).toBe(all(suite, 'testcase').length);
      expect(Number(attributes.failures)).toBe(all(suite, 'failure').length);
    }
    expect(Number(suite.attributes.skipped)).toBe(all(suite, 'skipped').length);
    expect(all(suite, 'testcase')).toHaveLength(everything.targets.length);
  });

  it('fails what is broken, and skips with the reason what CI must not stop at', async () => {
    const cases = all(parseXml(await xml(everything)), 'testcase');
    const outcomes = cases.map(({ children: [{ name, attributes }] }) => [name, attributes.message ?? '']);
    everything.targets.forEach(({ status }, at) => {
      const [name, message] = outcomes[at];
      if (status === 'pass') expect(name).toBe('system-out');
      else if (status === 'fail') expect(name).toBe('failure');
      else
        expect([name, message.split(':')[0]]).toEqual([
          'skipped',
          status === 'warn' ? 'claim refuted' : 'undecided',
        ]);
    });
  });

  it('is well-formed whatever a scenario is called, and says what it is called', async () => {
    const name = `<b>&amp;"quoted" 'too' \u0007\ud800 ]]> é 漢`;
    const text = await xml({ ...everything, scenario: { ...everything.scenario, name } });
    const root = parseXml(text);
    expect(violations(root)).toEqual([]);
    expect(root.children[0].attributes.name).toBe(`<b>&amp;"quoted" 'too' \ufffd\ufffd ]]> é 漢`);
  });
});
