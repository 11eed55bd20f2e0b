import { describe, expect, it, test } from 'vitest';
import { type Result, readResult, resultFormat, writeResult } from '../../src/result/index.ts';
import { everything } from '../report/terminal/everything.ts';
import { simulated } from '../report/terminal/results.ts';
import { impatient, oneQueue, silent } from '../report/terminal/scenarios.ts';

const problemOf = (text: string): string => {
  const read = readResult(text);
  return 'problem' in read ? read.problem : 'none';
};

const changed = (change: (result: Record<string, never>) => void): string => {
  const copy = structuredClone(everything) as unknown as Record<string, never>;
  change(copy);
  return JSON.stringify(copy);
};

describe('a saved result', () => {
  test.each([
    ['everything', () => everything],
    ['a queue', () => simulated(oneQueue, { runs: 1 })],
    ['callers turned away', () => simulated(impatient, { runs: 1 })],
    ['nothing at all', () => simulated(silent, { runs: 1 })],
  ])('of %s is read back as it was written', (_, made) => {
    const result = made();
    expect(readResult(writeResult(result))).toEqual(JSON.parse(JSON.stringify(result)));
  });

  it('may have more in it than this version knows', () => {
    const text = changed((copy) => Object.assign(copy, { comments: ['new in another version'] }));
    expect((readResult(text) as Result & { comments: string[] }).comments).toHaveLength(1);
  });
});

describe('a text that is no result', () => {
  const expected = `expected a document of the format ${resultFormat}`;

  test.each([
    ['is empty', '', /^empty; /],
    ['is YAML', 'name: One queue\n', /^not JSON; /],
    ['is another JSON', '[1, 2]', /found a document without a format$/],
    ['is null', 'null', /found a document without a format$/],
    ['has another format', '{"format":"headroom.result/9"}', /found the format "headroom\.result\/9"$/],
    ['has a strange format', '{"format":{"a":1}}', /found the format \{"a":1\}$/],
  ])('that %s says so, and what was expected', (_, text, problem) => {
    expect(problemOf(text)).toMatch(problem);
    expect(problemOf(text)).toContain(expected);
  });

  it('is called truncated wherever it was cut', () => {
    const whole = writeResult(everything);
    for (const share of [0.001, 0.3, 0.7, 0.999]) {
      const cut = whole.slice(0, Math.floor(whole.length * share));
      // Cut behind a closing brace it is still not JSON, and says that.
      expect(problemOf(cut)).toMatch(
        cut.trimEnd().endsWith('}') ? /^not JSON/ : /^truncated: .* after \d+ characters; /,
      );
    }
  });

  test.each([
    [
      'without metrics',
      (copy: never) => delete (copy as { metrics?: unknown }).metrics,
      /^metrics: expected record/,
    ],
    [
      'with a limit that is no number',
      (copy: never) => Object.assign((copy as unknown as Result).targets[1], { limit: 'much' }),
      /^targets\[1\]\.limit: expected number, received string/,
    ],
    [
      'with an unknown unit',
      (copy: never) => Object.assign((copy as unknown as Result).metrics['cost.month'], { unit: 'furlongs' }),
      /^metrics\.cost\.month\.unit: /,
    ],
  ])('%s says where', (_, change, problem) => {
    expect(problemOf(changed(change as never))).toMatch(problem);
  });
});
