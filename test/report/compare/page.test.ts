import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Compared } from '../../../src/report/compare/compared.ts';
import { compareHtmlReporter } from '../../../src/report/compare/html/index.ts';
import {
  blankCanvases,
  hasChromium,
  launch,
  ReportFile,
  scrollThrough,
  seriousViolations,
  withChromium,
} from '../html/browser.ts';
import { comparedOf, five, two } from './designs.ts';

const htmlOf = async (compared: Compared): Promise<string> => {
  const look = { path: 'compare.html', color: false, columns: 80 };
  const [{ content }] = await compareHtmlReporter.render([compared], look);
  return content as string;
};

describe.skipIf(!hasChromium)(`the page of a comparison in Chromium${withChromium}`, () => {
  let browser: Browser;
  const files: ReportFile[] = [];
  const fileOf = async (compared: Compared): Promise<ReportFile> => {
    const file = new ReportFile(await htmlOf(compared));
    files.push(file);
    return file;
  };
  let all: ReportFile;
  let pair: ReportFile;

  beforeAll(async () => {
    browser = await launch();
    all = await fileOf(five());
    pair = await fileOf(two());
  });
  afterAll(async () => {
    await browser?.close();
    for (const file of files) file.remove();
  });

  test.each([
    ['five designs', () => all, 5],
    ['two designs', () => pair, 2],
  ] as const)('shows %s without a complaint, and asks nobody for anything', async (_, file, count) => {
    const { page, complaints } = await file().open(browser);
    await scrollThrough(page);
    expect(await page.locator('.card').count()).toBe(count);
    expect(await page.locator('.tile').count()).toBe(5);
    expect(await page.locator('#figures thead th.design').count()).toBe(count);
    expect(await page.locator('.diff').count()).toBe(count - 1);
    expect(await page.evaluate(blankCanvases)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('has verdict, answers and all cards above the fold at 1280 × 720', async () => {
    const { page } = await all.open(browser);
    for (const part of ['.verdict', '.tile >> nth=4', '.card >> nth=4']) {
      const box = await page.locator(part).boundingBox();
      expect((box?.y ?? 9999) + (box?.height ?? 0), part).toBeLessThanOrEqual(720);
    }
    await page.close();
  });

  it('says verdicts in words and signs, not in colour alone', async () => {
    const { page } = await pair.open(browser);
    const words = await page.locator('#figures .change-word').allTextContents();
    expect(words.length).toBeGreaterThan(5);
    for (const word of words)
      expect(word).toMatch(/^(✓ better|✗ worse|≠ differs|= no change|~the runs cannot tell)$/);
    await page.close();
  });

  it('overlays the designs in one chart, each with its own dashes and colour, and one crosshair over all charts', async () => {
    const { page } = await all.open(browser, { height: 1600 });
    await scrollThrough(page);
    const keys = await page
      .locator('#timelines .figure')
      .first()
      .locator('.key')
      .evaluateAll((all: unknown[]) =>
        all.map((key) => (key as { style: { background: string } }).style.background),
      );
    expect(new Set(keys).size).toBe(5);
    const plot = page.locator('#timelines .plot').first();
    await plot.scrollIntoViewIfNeeded();
    await plot.hover();
    const crosses = await page.locator('#timelines .plot .cross:visible').count();
    expect(crosses).toBe(await page.locator('#timelines .plot:visible').count());
    expect(crosses).toBeGreaterThan(3);
    expect(await page.locator('#timelines .key-value').first().textContent()).toMatch(/\d/);
    await plot.focus();
    await page.keyboard.press('+');
    await expect.poll(() => page.evaluate('location.hash')).toContain('zoom=');
    await page.close();
  });

  it('marks the faults of each design, with how it came through them in a table', async () => {
    const { page } = await all.open(browser);
    expect(await page.locator('.gantt .span.fault').allTextContents()).toEqual(['region-outage', 'surge']);
    expect(await page.locator('#faults').innerText()).toMatch(/recovered, needs broken/);
    expect(await page.locator('#faults').innerText()).toContain('no such fault');
    await page.close();
  });

  it('shows one thing alone in figures and charts when its name is pressed', async () => {
    const { page } = await all.open(browser);
    await page.getByRole('button', { name: 'match-service', exact: true }).press('Enter');
    await expect.poll(() => page.evaluate('location.hash')).toBe('#box=services.match-service');
    const shown = await page
      .locator('#figures tr[data-box]:visible, #timelines .figure:visible')
      .evaluateAll((parts: unknown[]) =>
        parts.map((part) => (part as { dataset: { box: string } }).dataset.box),
      );
    expect(new Set(shown)).toEqual(new Set(['services.match-service']));
    await page.close();
  });

  it('has a table behind every chart, and every number to be found', async () => {
    const { page } = await all.open(browser);
    expect(await page.locator('.figure .behind').count()).toBe(await page.locator('.figure').count());
    await page.locator('#metrics .fold summary').click();
    await page.locator('#metric-search').fill('latency p999');
    await page.locator('#metrics tbody tr').first().waitFor();
    const ids = await page.locator('#metrics tbody th').allTextContents();
    expect(ids).toContain('workloads.orders.latency.p999');
    for (const id of ids) expect(id).toMatch(/latency.*p999/i);
    await page.close();
  });

  it('shows hostile names as text', async () => {
    const hostile = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=2"><!--';
    const results = five()
      .results.slice(0, 2)
      .map((result) => ({
        ...result,
        scenario: { ...result.scenario, name: hostile, file: hostile },
        faults: result.faults.map((fault) => ({ ...fault, name: hostile, fault: hostile })),
        targets: result.targets.map((target) => ({ ...target, target: `${target.metric} < ${hostile}` })),
        timeline: {
          ...result.timeline,
          occurrences: [{ at: 1, component: 'databases.orders', what: hostile }],
        },
      }));
    const compared = comparedOf(results, [hostile, `${hostile} 2`]);
    const changed = {
      ...compared,
      comparison: {
        ...compared.comparison,
        differences: [[], [{ path: hostile, from: hostile, to: hostile }]],
      },
    };
    const { page, complaints } = await (await fileOf(changed)).open(browser);
    await scrollThrough(page);
    await page.locator('.behind summary').first().click();
    expect(await page.locator('h1').textContent()).toBe(`${hostile} 2 against ${hostile}`);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('img, iframe, object').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(3);
    expect(await page.locator('#differences').innerText()).toContain(hostile);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('prints: every chart is drawn, on paper that is white', async () => {
    const { page, complaints } = await all.open(browser, { scheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await page.evaluate(`getComputedStyle(document.documentElement).backgroundColor`)).toBe(
      'rgb(255, 255, 255)',
    );
    expect(await page.evaluate(blankCanvases)).toEqual([]);
    expect((await page.pdf()).length).toBeGreaterThan(50_000);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('fits a telephone: nothing reaches beyond its 390 pixels', async () => {
    for (const file of [all, pair]) {
      const { page } = await file.open(browser, { width: 390, height: 844 });
      await scrollThrough(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      await page.close();
    }
  });

  test.each([
    ['five designs', 1280, 'light'],
    ['five designs', 390, 'dark'],
    ['two designs', 1280, 'dark'],
  ] as const)(
    'has nothing in it that axe finds serious: %s, %i pixels wide, %s',
    async (name, width, scheme) => {
      const file = name === 'five designs' ? all : pair;
      const { page } = await file.open(browser, { width, scheme, height: 900 });
      expect(await seriousViolations(page)).toEqual([]);
      await page.close();
    },
  );
});
