import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '../terminal/everything.ts';
import { hasChromium, htmlOf, launch, ReportFile, scrollThrough, withChromium } from './browser.ts';
import { outage } from './outage.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe.skipIf(!hasChromium)(`axe finds nothing serious in the HTML report${withChromium}`, () => {
  let browser: Browser;
  const files = new Map<string, ReportFile>();

  beforeAll(async () => {
    browser = await launch();
    files.set('an outage', new ReportFile(await htmlOf(outage())));
    files.set('everything', new ReportFile(await htmlOf(everything)));
  });
  afterAll(async () => {
    await browser?.close();
    for (const file of files.values()) file.remove();
  });

  test.each([
    ['an outage', 1280, 'light', ''],
    ['an outage', 1280, 'dark', '#box=databases.orders&at=120'],
    ['an outage', 390, 'light', '#at=120'],
    ['everything', 1280, 'light', ''],
    ['everything', 390, 'dark', ''],
  ] as const)('of %s, %i pixels wide, %s, at "%s"', async (name, width, scheme, hash) => {
    const { page } = await (files.get(name) as ReportFile).open(browser, {
      width,
      scheme,
      hash,
      height: 900,
    });
    await scrollThrough(page);
    for (const fold of await page.locator('.fold > summary').all()) await fold.click();
    // The policy of the page lets no other script in: axe comes in through the debugger's door.
    const found = (await page.evaluate(
      `${axe}; axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)`,
    )) as Violation[];
    const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`)).toEqual([]);
    await page.close();
  });
});
