import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything } from '../terminal/everything.ts';
import { hasChromium, htmlOf, launch, ReportFile, seriousViolations, withChromium } from './browser.ts';
import { outage } from './outage.ts';

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
    expect(await seriousViolations(page)).toEqual([]);
    await page.close();
  });
});
