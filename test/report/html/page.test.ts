import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Result } from '../../../src/result/index.ts';
import { everything } from '../terminal/everything.ts';
import { simulated } from '../terminal/results.ts';
import { many, oneQueue, overloaded, silent } from '../terminal/scenarios.ts';
import {
  blankCanvases,
  chromiumPath,
  hasChromium,
  htmlOf,
  launch,
  ReportFile,
  scrollThrough,
  withChromium,
} from './browser.ts';
import { outage } from './outage.ts';

let browser: Browser;
const files: ReportFile[] = [];

const fileOf = async (result: Result): Promise<ReportFile> => {
  const file = new ReportFile(await htmlOf(result));
  files.push(file);
  return file;
};

let shop: ReportFile;

it('is looked at with a real browser in CI', ({ skip }) => {
  if (!hasChromium && process.env.CI === undefined) skip(`no Chromium at ${chromiumPath}`);
  expect(hasChromium, `a Chromium at ${chromiumPath}`).toBe(true);
});

describe.skipIf(!hasChromium)(`the HTML report in Chromium${withChromium}`, () => {
  beforeAll(async () => {
    browser = await launch();
    shop = await fileOf(outage());
  });
  afterAll(async () => {
    await browser?.close();
    for (const file of files) file.remove();
  });

  const results: [string, () => Result][] = [
    ['an outage', outage],
    ['everything', () => everything],
    ['one queue', () => simulated(oneQueue, { runs: 2 })],
    ['too much load', () => simulated(overloaded, { runs: 1 })],
    ['many workloads', () => simulated(many, { runs: 1 })],
    ['nothing at all', () => simulated(silent, { runs: 1 })],
  ];

  test.each(results)('shows %s without a complaint, and asks nobody for anything', async (_, made) => {
    const file = await fileOf(made());
    const { page, complaints } = await file.open(browser);
    await scrollThrough(page);
    expect(await page.locator('h1').textContent()).toBe(made().scenario.name);
    expect(await page.locator('.verdict').innerText()).toMatch(/\w/);
    expect(await page.locator('.tile').count()).toBe(5);
    const blank = await page.evaluate(blankCanvases);
    expect(blank).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('has verdict, figures, failing targets, drawing and scrubber above the fold at 1280 × 720', async () => {
    const { page } = await shop.open(browser);
    for (const part of [
      '.verdict',
      '.tile >> nth=4',
      '.target.is-fail >> nth=0',
      '.drawing svg',
      '.scrubber',
    ]) {
      const box = await page.locator(part).boundingBox();
      expect(box, part).not.toBeNull();
      expect((box?.y ?? 0) + Math.min(box?.height ?? 0, 60), part).toBeLessThanOrEqual(720);
    }
    const [targets, drawing] = await Promise.all(
      ['.targets', '.topology'].map((part) => page.locator(part).boundingBox()),
    );
    expect((targets?.x ?? 0) + (targets?.width ?? 0)).toBeLessThanOrEqual(drawing?.x ?? 0);
    await page.close();
  });

  it('recolours the drawing as time is moved: a region that is away has nothing to show', async () => {
    const { page } = await shop.open(browser);
    const figures = (bucket: number | null) => boxFigures(page, bucket);
    const whole = await figures(null);
    const during = await figures(120);
    const after = await figures(235);
    expect(whole['us-east']).toMatch(/%$/);
    expect(during['us-east']).toBe('–');
    expect(after['us-east']).toMatch(/%$/);
    expect(Number.parseFloat(during['eu-west'])).toBeGreaterThan(1.5 * Number.parseFloat(whole['eu-west']));
    const fills = await page.evaluate(
      `[...document.querySelectorAll('.drawing .box')].map((box) => box.getAttribute('fill'))`,
    );
    await page.locator('.scrub').fill('120');
    const atOutage = await page.evaluate(
      `[...document.querySelectorAll('.drawing .box')].map((box) => box.getAttribute('fill'))`,
    );
    expect(atOutage).not.toEqual(fills);
    expect(await page.locator('.scrub-time').textContent()).toContain('into lose-us-east');
    await hash(page).toContain('at=120');
    await page.close();
  });

  it('counts what stands there at that time', async () => {
    const result = outage();
    const instances = 'services.match-service.in.eu-west.instances';
    const values = Array.from({ length: 240 }, (_, at) => (at < 100 ? 1 : 4));
    const series = {
      ...result.timeline.series,
      [instances]: { unit: 'count', of: 'level' as const, values },
    };
    const file = await fileOf({ ...result, timeline: { ...result.timeline, series } });
    const { page } = await file.open(browser);
    const count = () =>
      page.locator('.chooser:has([aria-label^="match-service in eu-west"]) .count').textContent();
    expect(await count()).toBe('1');
    await page.locator('.scrub').fill('150');
    expect(await count()).toBe('4');
    await page.close();
  });

  it('shows one box alone when it is chosen, by pointer or keyboard, and keeps that in the address', async () => {
    const { page } = await shop.open(browser);
    const visible = () => page.locator('.figure:visible').evaluateAll(boxesOf);
    expect(new Set(await visible()).size).toBeGreaterThan(2);
    await page.locator('.chooser[data-box="databases.orders"]').first().click();
    expect(new Set(await visible())).toEqual(new Set(['databases.orders']));
    await hash(page).toContain('#box=databases.orders');
    await page.locator('.chooser[data-box="databases.orders"]').first().click();
    await hash(page).toBe('');
    await page.locator('[data-key="label services.match-service"]').focus();
    await page.keyboard.press('Enter');
    expect(new Set(await visible())).toEqual(new Set(['services.match-service']));
    await page.locator('.chip').first().click();
    expect(new Set(await visible()).size).toBeGreaterThan(2);
    await page.close();

    const again = await shop.open(browser, { hash: '#box=databases.orders&at=120&zoom=30-60' });
    expect(new Set(await again.page.locator('.figure:visible').evaluateAll(boxesOf))).toEqual(
      new Set(['databases.orders']),
    );
    expect(await again.page.locator('.chip').count()).toBe(3);
    await hash(again.page).toContain('box=databases.orders&at=120&zoom=30.0-60.0');
    await again.page.close();
  });

  it('makes nothing of an address that makes no sense', async () => {
    const { page, complaints } = await shop.open(browser, { hash: '#box=nowhere&at=9999&zoom=60-30' });
    expect(await page.locator('.chip').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('draws calls between regions when a box is chosen', async () => {
    const { page } = await shop.open(browser);
    expect(await page.locator('.link').count()).toBe(0);
    await page.locator('[data-key="label services.order-service"]').click();
    expect(await page.locator('.link.across').count()).toBeGreaterThanOrEqual(2);
    expect(await page.locator('.story').textContent()).toContain('eu-west → orders (database) in us-east');
    await page.close();
  });

  it('has one crosshair and one zoom for all timelines', async () => {
    const { page } = await shop.open(browser, { height: 1600 });
    await scrollThrough(page);
    const plots = page.locator('#timelines .plot');
    await plots.first().scrollIntoViewIfNeeded();
    const box = await plots.first().boundingBox();
    if (box === null) throw new Error('no plot');
    const [left, middle] = [box.x + box.width * 0.4, box.y + box.height / 2];
    await page.mouse.move(left, middle);
    const crosses = await page.locator('#timelines .plot .cross:visible').count();
    expect(crosses).toBe(await page.locator('#timelines .plot:visible').count());
    expect(crosses).toBeGreaterThan(3);
    expect(await page.locator('#timelines .key-value').first().textContent()).toMatch(/\d/);
    await page.mouse.down();
    await page.mouse.move(left + box.width * 0.2, middle, { steps: 4 });
    await page.mouse.up();
    await hash(page).toMatch(/zoom=\d/);
    await plots.nth(1).dblclick();
    await hash(page).not.toContain('zoom');
    await page.close();
  });

  it('obeys the keyboard on a chart: arrows mark, plus zooms, Escape shows all', async () => {
    const { page } = await shop.open(browser, { height: 1600 });
    await scrollThrough(page);
    await page.locator('#timelines .plot').first().focus();
    await page.keyboard.press('ArrowRight');
    await hash(page).toContain('at=');
    const [, at] = /at=(\d+)/.exec(page.url()) ?? [];
    await page.keyboard.press('ArrowRight');
    await hash(page).toContain(`at=${Number(at) + 1}`);
    await page.keyboard.press('+');
    await hash(page).toContain('zoom=');
    await page.keyboard.press('Escape');
    await hash(page).toBe('');
    await page.close();
  });

  it('has a table behind every chart', async () => {
    const { page } = await shop.open(browser);
    const figures = await page.locator('.figure').count();
    expect(await page.locator('.figure .behind').count()).toBe(figures);
    await page.locator('#timelines .figure .behind summary').first().click();
    await page.locator('#timelines .figure .behind tbody tr').nth(239).waitFor();
    await page.close();
  });

  it('has a Gantt bar for each fault and each phase of recovery, with RTO and RPO', async () => {
    const { page } = await shop.open(browser);
    expect(await page.locator('.span.fault').allTextContents()).toEqual(['region-outage', 'surge']);
    expect((await page.locator('.span.phase').allTextContents()).sort()).toEqual([
      'DNS',
      'detect',
      'promote',
      'warm up',
    ]);
    expect(await page.locator('.gantt').innerText()).toMatch(/RTO 23\.4 ± 1\.2 s · RPO 180 ± 40 ms/);
    await page.close();
  });

  it('shows hostile names as text', async () => {
    const hostile = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=2"><!--';
    const file = await fileOf(renamed(outage(), hostile));
    const { page, complaints } = await file.open(browser);
    await scrollThrough(page);
    await page.locator('.behind summary').first().click();
    expect(await page.locator('h1').textContent()).toBe(hostile);
    expect(await page.title()).toBe(`${hostile} · Headroom`);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('img, iframe, object').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(3);
    expect(await page.locator('.targets').innerText()).toContain(hostile);
    expect(await page.locator('.gantt').innerText()).toContain(hostile);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('runs no script but its own, and lets nothing be loaded', async () => {
    const { page } = await shop.open(browser);
    const refused = await page.evaluate(`(async () => {
      const refused = [];
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      const image = document.createElement('img');
      image.src = 'http://127.0.0.1:9/x.png';
      document.body.append(image);
      await fetch('http://127.0.0.1:9/').catch(() => undefined);
      await new Promise((done) => setTimeout(done, 100));
      return { refused: refused.sort(), injected: window.injected };
    })()`);
    expect(refused).toEqual({ refused: ['connect-src', 'img-src', 'script-src-elem'], injected: undefined });
    await page.close();
  });

  it('prints: every chart is drawn, on paper that is white', async () => {
    const { page, complaints } = await shop.open(browser, { scheme: 'dark' });
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
    for (const file of [shop, await fileOf(everything)]) {
      const { page } = await file.open(browser, { width: 390, height: 844 });
      await scrollThrough(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      await page.close();
    }
  });

  it('of a run of a month is smaller than 3 MB, and ready in a second', async () => {
    const month = simulated(monthLong, { runs: 2 });
    const html = await htmlOf(month);
    expect(Buffer.byteLength(html)).toBeLessThan(3e6);
    const file = new ReportFile(html);
    files.push(file);
    const times: number[] = [];
    // Best of three: other work on the machine is none of the page's doing.
    for (let load = 0; load < 3; load += 1) {
      const { page } = await file.open(browser);
      times.push(Number(await page.evaluate('performance.getEntriesByName("ready")[0].startTime')));
      await page.close();
    }
    expect(Math.min(...times)).toBeLessThan(1000);
  });
});

const monthLong = `
name: A month
run: { duration: 730h, warmUp: 10h }
regions: { us-east: us-east-1, eu-west: eu-west-1, asia-pacific: ap-southeast-1 }
origins: { US: us-east-2, EU: eu-central-1, AP: ap-northeast-1 }
routing: { policy: latency }
keys: { tenantId: { count: 100, skew: { zipf: 1 } } }
workloads:
  orders: { arrivals: { rate: 20k/month }, from: { US: 50%, EU: 30%, AP: 20% }, keys: [tenantId], call: order-service.create }
services:
  order-service:
    instances: 2
    cpu: { cores: 1, request: 1 }
    operations: { create: [ { work: { exponential: 6ms } }, { write: orders }, { call: match-service.match } ] }
  match-service: { instances: 1, operations: { match: [ { work: { exponential: 6ms } } ] } }
databases:
  orders: { shards: 100, shardBy: { key: tenantId, function: java-hash }, primary: us-east, replicas: { us-east: 1, eu-west: 1, asia-pacific: 1 } }
`;

/** A name in every place where a scenario's author may write one freely. */
function renamed(result: Result, name: string): Result {
  return {
    ...result,
    scenario: { ...result.scenario, name, title: name, text: name, file: name },
    targets: result.targets.map((target) => ({
      ...target,
      target: `${target.metric} < ${name}`,
      because: name,
      reason: name,
    })),
    topology: {
      regions: result.topology.regions,
      nodes: result.topology.nodes.map((node) => ({ ...node, title: name, kind: name })),
    },
    faults: result.faults.map((fault) => ({ ...fault, name, fault: name })),
    failures: [{ workload: name, reason: name, count: 1, means: name }],
    assumptions: [{ about: name, value: name, source: name }],
    timeline: { ...result.timeline, occurrences: [{ at: 1, component: 'databases.orders', what: name }] },
  };
}

/** The address's end: it follows what is looked at a moment later. */
const hash = (page: Page) => expect.poll(() => page.evaluate('location.hash'));

const boxesOf = (figures: unknown[]): string[] =>
  figures.map((figure) => (figure as { dataset: { box: string } }).dataset.box);

/** What the boxes of order-service say, by region, at a bucket of the timeline or for the whole run. */
async function boxFigures(page: Page, bucket: number | null): Promise<Record<string, string>> {
  if (bucket === null)
    await page
      .getByRole('button', { name: 'Whole run' })
      .click({ force: true })
      .catch(() => undefined);
  else await page.locator('.scrub').fill(String(bucket));
  const found: Record<string, string> = {};
  for (const region of ['us-east', 'eu-west']) {
    const box = page.locator(`.chooser:has([aria-label^="order-service in ${region}"])`);
    found[region] = (await box.locator('.busy').textContent()) ?? '';
  }
  return found;
}
