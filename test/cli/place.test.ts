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

  test('counts the shards by their names or boundaries', () => {
    const place = (...options: string[]) => headroom(['place', '--json', ...options, '--', 'b', 'x']);
    const placed = (...options: string[]) => JSON.parse(place(...options).stdout);
    expect(placed('--function', 'range', '--boundaries', 'g,n')).toEqual([
      { key: 'b', place: 0 },
      { key: 'x', place: 2 },
    ]);
    const ring = ['--function', 'ring', '--names', 'red,green,blue'];
    expect(placed(...ring)).toEqual(placed(...ring, '--count', '3'));
    const { code, stderr } = place(...ring, '--count', '4');
    expect([code, stderr]).toEqual([2, 'error: 4 shards, but 3 names\n']);
  });

  test('refuses an option that the function does not read, and says which do', () => {
    const { code, stderr } = headroom(['place', '--function', 'jump', '--count', '4', '--type', 'uuid', 'a']);
    expect([code, stderr]).toEqual([2, 'error: jump takes no --type; java-hash and postgres do\n']);
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
