import { beforeAll, describe, expect, it, test } from 'vitest';
import { calibrateReporters } from '../../../src/report/calibrate/reporters.ts';
import { limitReporters } from '../../../src/report/limit/reporters.ts';
import type { Registry } from '../../../src/report/reporter.ts';
import { roadmapReporters } from '../../../src/report/roadmap/reporters.ts';
import { survivalReporters } from '../../../src/report/survive/reporters.ts';
import { sweepReporters } from '../../../src/report/sweep/reporters.ts';
import { calibrated, limited, planned, survived, swept } from './studied.ts';

const suffixes: Readonly<Record<string, string>> = {
  terminal: 'txt',
  markdown: 'md',
  html: 'html.txt',
  csv: 'csv',
  yaml: 'yaml',
};

async function written<T>(registry: Registry<T>, name: string, document: T): Promise<string> {
  const reporter = await registry[name].load();
  const artifacts = await reporter.render([document], { path: 'out', color: false, columns: 80 });
  return artifacts.map(({ content }) => content).join('');
}

/** The words of a page, a line for each of its elements, and how many pictures it has. */
function wordsOf(page: string): string {
  const body = page.slice(page.indexOf('<body'));
  const pictures = body.match(/<svg/g)?.length ?? 0;
  const words = body
    .replaceAll(/<svg[\s\S]*?<\/svg>/g, '')
    .replaceAll(/<\/(td|th)>/g, ' | ')
    .replaceAll(/<[^>]+>/g, '\n')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return `${words.join('\n')}\n${pictures} pictures\n`;
}

const studies: Readonly<Record<string, { registry: Registry<never>; document: () => Promise<unknown> }>> = {
  limit: { registry: limitReporters as Registry<never>, document: limited },
  sweep: { registry: sweepReporters as Registry<never>, document: swept },
  survival: { registry: survivalReporters as Registry<never>, document: survived },
  roadmap: { registry: roadmapReporters as Registry<never>, document: planned },
  calibration: { registry: calibrateReporters as Registry<never>, document: async () => calibrated(true) },
  'calibration-poor': {
    registry: calibrateReporters as Registry<never>,
    document: async () => calibrated(false),
  },
};

describe.each(Object.keys(studies))('the reports of a study: %s', (study) => {
  const { registry, document } = studies[study];
  const names = Object.keys(registry).filter((name) => Object.hasOwn(suffixes, name));
  let made: never;

  beforeAll(async () => {
    made = (await document()) as never;
  });

  test.each(names)('%s is as its golden has it', async (name) => {
    const text = await written(registry, name, made);
    const shown = name === 'html' ? wordsOf(text) : text;
    await expect(shown).toMatchFileSnapshot(`../../golden/studies/${study}.${suffixes[name]}`);
    expect(shown).not.toMatch(/undefined|NaN|\[object/);
    if (name === 'terminal')
      // What is to be pasted stays on one line.
      for (const line of shown.split('\n').filter((each) => !each.includes('quantiles: [[')))
        expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('is the document itself as JSON', async () => {
    expect(JSON.parse(await written(registry, 'json', made))).toEqual(JSON.parse(JSON.stringify(made)));
  });
});
