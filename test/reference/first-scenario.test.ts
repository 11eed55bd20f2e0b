import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/models/parse.ts';
import {
  firstDefaults,
  firstScenario,
  readName,
  readRate,
  readRegions,
  readWithin,
} from '../../src/reference/first-scenario.ts';

const problemsOf = (text: string) => parseScenario('scenario.yaml', () => text).problems;

describe('a scenario to begin with', () => {
  test.each([
    {},
    { rate: '12M/month' },
    { rate: '50k/s', within: '1.5s' },
    { regions: ['eu-west-1', 'us-east-1', 'ap-northeast-1'] },
    { name: 'A "name": with # signs, { braces } and a \\ backslash' },
  ])('stands without a warning: %j', (answers) => {
    expect(problemsOf(firstScenario({ ...firstDefaults, ...answers }, 'scenario.schema.json'))).toEqual([]);
  });

  test('keeps its promises where a comment is taken away', () => {
    const text = firstScenario(firstDefaults, 'scenario.schema.json').replaceAll(
      /^# (faults:| {2}crash:)/gm,
      '$1',
    );
    expect(text).toContain('\nfaults:\n  crash:');
    expect(problemsOf(text)).toEqual([]);
    const profile = text.replace(
      /rate: 100\/s } .*$/m,
      'rate: 100/s, profile: { shape: week, peak: 500/s } }',
    );
    expect(profile).not.toBe(text);
    expect(problemsOf(profile)).toEqual([]);
  });

  test('is sized for its rate: half of the cores are busy', () => {
    const { scenario } = parseScenario('s.yaml', () =>
      firstScenario({ ...firstDefaults, rate: '8k/s' }, 'scenario.schema.json'),
    );
    const { instances } = scenario!.design.entry<{ instances: number }>('services', 'web')!;
    expect((8000 * 0.005) / (instances * 2)).toBeCloseTo(0.5, 2);
  });

  test('answers that cannot be are told, with what was meant', () => {
    expect(readRegions('us-eest-1')).toEqual({ problem: expect.stringContaining('did you mean us-east-1?') });
    expect(readRegions(' us-east-1, eu-west-1 us-east-1 ')).toEqual({ value: ['us-east-1', 'eu-west-1'] });
    expect(readRate('100')).toEqual({ problem: expect.stringContaining('write 100/s') });
    expect(readRate('0/s')).toEqual({ problem: expect.stringContaining('above 0') });
    expect(readWithin('soon')).toEqual({ problem: expect.stringContaining('duration') });
    expect(readName('two\nlines')).toHaveProperty('problem');
  });
});
