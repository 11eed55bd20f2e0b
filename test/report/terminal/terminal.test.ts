import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import { renderTerminal } from '../../../src/report/terminal/index.ts';
import { displayWidth } from '../../../src/report/text/width.ts';
import type { Result } from '../../../src/result/index.ts';
import { everything } from './everything.ts';
import { simulated } from './results.ts';
import {
  batches,
  crashes,
  impatient,
  many,
  oneBatch,
  oneQueue,
  overloaded,
  shop,
  silent,
} from './scenarios.ts';

const results: Record<string, Result> = {
  'one-queue': simulated(oneQueue, { runs: 5, file: 'scenarios/01-one-queue.yaml' }),
  overloaded: simulated(overloaded),
  impatient: simulated(impatient),
  silent: simulated(silent),
  'one-run': simulated(impatient, { runs: 1 }),
  many: simulated(many),
  shop: simulated(shop),
  batches: simulated(batches),
  'one-batch': simulated(oneBatch),
  crashes: simulated(crashes),
  everything,
};

const plain = (result: Result, columns = 80): string => renderTerminal(result, { color: false, columns });
const golden = (name: string): string => `../../golden/terminal/${name}.txt`;

describe('the report on a terminal', () => {
  test.each(Object.keys(results))('of %s is the golden one at 80 and 160 columns', async (name) => {
    await expect(plain(results[name])).toMatchFileSnapshot(golden(`${name}-80`));
    await expect(plain(results[name], 160)).toMatchFileSnapshot(golden(`${name}-160`));
  });

  test('has the golden colours', async () => {
    const coloured = renderTerminal(everything, { color: true, columns: 80 });
    await expect(coloured).toMatchFileSnapshot(golden('everything-80-coloured'));
    expect(stripVTControlCharacters(coloured)).toBe(plain(everything));
  });

  test.each(Object.keys(results))(
    'of %s is never wider than 60 to 160 columns, with no space at an end',
    (name) => {
      for (let columns = 60; columns <= 160; columns += 1) {
        const lines = renderTerminal(results[name], { color: columns % 2 === 0, columns }).split('\n');
        const bad = lines.filter(
          (line) => displayWidth(line) > columns || /\s$/.test(stripVTControlCharacters(line)),
        );
        expect(bad, `at ${columns} columns`).toEqual([]);
      }
    },
  );

  test.each(Object.keys(results))('of %s cuts nothing at 80 columns', (name) => {
    expect(plain(results[name])).not.toContain('…');
  });

  it('says the same at 80 and at 160 columns', () => {
    const words = (text: string) => new Set(text.split(/[\s█▉▊▋▌▍▎▏▁▂▃▄▅▆▇\\]+/).filter(Boolean));
    const [narrow, wide] = [words(plain(everything)), words(plain(everything, 160))];
    expect([...narrow].filter((word) => !wide.has(word))).toEqual([]);
  });

  it('has failures first, then claims refuted, then what is undecided, then what is kept', () => {
    const marks = plain(everything).match(/^ {2}[✗!?✓] (?!undecided)/gm) ?? [];
    expect(marks.map((mark) => mark.trim()).join('')).toBe('✗✗!?✓');
  });

  it('counts a target with * once, however many metrics it is held against', () => {
    expect(plain(results.many)).toContain('1 of 1 need kept');
    expect(plain(results.many)).toContain('5 of 5, tightest: ');
    expect(plain(everything)).toContain('0 of 3 needs kept, 1 undecided · 1 of 2 claims refuted');
  });

  it('gives figures that depend on how long the run is as such, and no others', () => {
    expect(plain(results.overloaded)).toContain('simulated, not steady');
    expect(plain(results.overloaded)).toContain('Where the time goes (not steady)');
    // Turned away is not waiting: what is answered is as steady as ever.
    expect(plain(results.impatient)).toMatch(/^OVERLOADED/m);
    expect(plain(results.impatient)).not.toContain('not steady');
    expect(plain(results.shop)).not.toContain('not steady');
  });

  it('promises no growth to a load that is too much already', () => {
    expect(plain(results.overloaded)).not.toContain('at most');
    expect(plain(results['one-queue'])).toMatch(/desk is \d+% busy · at most 1\.2\d× this load/);
  });

  it('shows the closed form beside what was simulated', () => {
    expect(plain(results['one-queue'])).toMatch(/simulated +exact, M\/M\/1$/m);
    expect(plain(results['one-queue'])).toMatch(/^ +p99 .* 230 ms$/m);
    expect(plain(results.shop)).not.toContain('exact');
  });

  it('has operations end in parts that add up to all of them', () => {
    const text = plain(everything);
    const number = (line: RegExp) => readCount(line.exec(text)?.[1] ?? '');
    const parts = ['succeeded', 'rejected', 'timed out', 'failed', 'never sent'].map((word) =>
      number(new RegExp(`^ {4}${word} +([\\d.]+[kM]?)`, 'm')),
    );
    const all = number(/conversations: ([\d.]+[kM]?) operations a run/);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(all, -3);
  });

  it.each(['one-queue', 'shop', 'everything'])('has the time of %s go into parts that add up', (name) => {
    const section = plain(results[name])
      .split(/^Where the time.*$/m)[1]
      .split('\n\n')[0];
    const rows = [...section.matchAll(/^(.*?) +([\d.]+) ms +([\d.]+) ms/gm)];
    const sums = rows
      .slice(0, -1)
      .reduce(([mean, slow], row) => [mean + Number(row[2]), slow + Number(row[3])], [0, 0]);
    const [, word, mean, slow] = rows[rows.length - 1];
    expect(word.trim()).toBe('all');
    // Each printed number is off by half of its last digit at most.
    expect(Math.abs(sums[0] - Number(mean))).toBeLessThanOrEqual(0.05 * rows.length + 1e-9);
    expect(Math.abs(sums[1] - Number(slow))).toBeLessThanOrEqual(0.05 * rows.length + 1e-9);
  });

  it('has a bill whose rows are their amount at their price, and add up', () => {
    const section = plain(everything)
      .split(/^Cost.*$/m)[1]
      .split('\n\n')[0];
    const rows = [...section.matchAll(/^ {4}\S.*? +([\d.]+k?) \w+ +at \$([\d.]+) +([\d,]+)/gm)];
    expect(rows).toHaveLength(6);
    const dollars = (text: string) => Number(text.replaceAll(',', ''));
    for (const [, amount, price, month] of rows) {
      expect((readCount(amount) * Number(price)) / dollars(month)).toBeCloseTo(1, 1);
    }
    const all = dollars(/^ {2}all +([\d,]+)/m.exec(section)?.[1] ?? '');
    expect(Math.abs(rows.reduce((sum, row) => sum + dollars(row[3]), 0) - all)).toBeLessThanOrEqual(
      rows.length,
    );
    expect(section).toContain('No price known, not in the sum: caches.conversations: cache memory');
  });

  it('explains a mark where it stands, and nowhere else', () => {
    expect(plain(everything)).toMatch(/^~ few observations/m);
    expect(plain(everything)).toMatch(/^∞ so many/m);
    expect(plain(results.shop)).not.toMatch(/^∞/m);
    expect(plain(results.silent)).not.toMatch(/^~/m);
  });

  it('has no interval over runs after one run, and says how to get some', () => {
    expect(plain(results['one-run'])).not.toMatch(/(throughput|mean|p\d\d).*±/);
    expect(plain(results['one-run'])).toContain('1 run of 1 m, intervals need more');
    expect(plain(results['one-run'])).toContain('--runs 5');
  });

  it('names commands that a shell reads back, however they are broken into lines', () => {
    const footer = plain(everything, 60)
      .split(/^Again/m)[1]
      .split(/^Next/m)[0];
    const command = footer.replace(/#\S+/, '').replace(/\\\n/g, ' ').trim().replace(/\s+/g, ' ');
    expect(command).toBe(
      "headroom run scenarios/conversations-100m.yaml --set services.agent-match-service.instances=10 --set 'name=it'\\''s' --runs 5 --seed 261",
    );
  });
});

/** `3.19M` as a number. */
const readCount = (text: string): number =>
  Number.parseFloat(text) * ({ k: 1e3, M: 1e6 }[text.slice(-1)] ?? 1);
