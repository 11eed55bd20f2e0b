import { describe, expect, test } from 'vitest';
import { headroom } from './headroom.ts';

describe('headroom place', () => {
  test('prints key, tab and shard a line, as Java places them', () => {
    const { code, stdout } = headroom([
      'place',
      '--function',
      'java-hash',
      '--count',
      '10',
      '--',
      'acct-1',
      'polygenelubricants',
    ]);
    expect(code).toBe(0);
    expect(stdout).toBe('acct-1\t1\npolygenelubricants\t-8\n');
  });

  test('takes keys from stdin and prints JSON', () => {
    const { stdout } = headroom(
      ['place', '--function', 'crc16-slots', '--count', '16384', '--json'],
      'foo\nbar\n',
    );
    // CLUSTER KEYSLOT foo is 12182 and of bar 5061 (Redis).
    expect(JSON.parse(stdout)).toEqual([
      { key: 'foo', place: 12182 },
      { key: 'bar', place: 5061 },
    ]);
  });

  test('says how evenly keys lie', () => {
    const keys = Array.from({ length: 1000 }, (_, n) => `acct-${n}`).join('\n');
    const { stdout } = headroom(['place', '--function', 'jump', '--count', '4', '--spread'], keys);
    expect(stdout).toMatch(/hottest: shard \d with \d+(\.\d+)?%, 1\.\d\d× an even 25%/);
  });

  test('refuses keys that a function cannot take, all at once, with exit code 2', () => {
    const { code, stderr, stdout } = headroom([
      'place',
      '--function',
      'vitess',
      '--count',
      '4',
      '--',
      'a',
      '7',
      'b',
    ]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain("'a'");
    expect(stderr).toContain("'b'");
  });

  test('names the nearest function and asks for what is missing', () => {
    expect(headroom(['place', '--function', 'java-hsh', '--count', '2', '--', 'a']).stderr).toContain(
      'java-hash',
    );
    const { code, stderr } = headroom(['place', '--', 'a']);
    expect(code).toBe(2);
    expect(stderr).toContain('--function');
  });
});
