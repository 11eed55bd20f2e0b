import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { htmlReporter } from '../../../src/report/html/index.ts';
import type { Result } from '../../../src/result/index.ts';

/** Where Debian's package has it; another one by HEADROOM_CHROMIUM. */
export const chromiumPath = process.env.HEADROOM_CHROMIUM ?? '/usr/bin/chromium';

export const hasChromium = existsSync(chromiumPath);

/** In the title of what is skipped: why. */
export const withChromium = hasChromium
  ? ''
  : ` (SKIPPED: no Chromium at ${chromiumPath}: apt-get install chromium)`;

/** Nothing that a browser does of its own accord. */
const flags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath, args: flags });

export async function htmlOf(result: Result): Promise<string> {
  const [{ content }] = await htmlReporter.render([result], { path: 'r.html', color: false, columns: 80 });
  return content as string;
}

/** Charts in sight that show fewer than two colours. */
export const blankCanvases = `[...document.querySelectorAll('.plot canvas')]
  .filter((canvas) => canvas.offsetParent !== null)
  .filter((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 200) colours.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
    return colours.size < 2;
  })
  .map((canvas) => canvas.getAttribute('aria-label'))`;

export interface Opened {
  readonly page: Page;
  /** Messages of the console, errors of scripts, and requests beyond the file itself. */
  readonly complaints: string[];
}

export interface Circumstances {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly hash?: string;
}

/** A report as a file of a folder, opened as a user opens it. */
export class ReportFile {
  private readonly folder = mkdtempSync(join(tmpdir(), 'headroom-html-'));
  readonly url: string;

  constructor(html: string) {
    const path = join(this.folder, 'report.html');
    writeFileSync(path, html);
    this.url = pathToFileURL(path).href;
  }

  async open(browser: Browser, circumstances: Circumstances = {}): Promise<Opened> {
    const { width = 1280, height = 720, scheme = 'light', hash = '' } = circumstances;
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      if (url.split('#')[0] !== this.url && !url.startsWith('data:')) complaints.push(`request: ${url}`);
    });
    await page.goto(this.url + hash);
    await page.waitForSelector('html[data-ready]');
    return { page, complaints };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Charts are drawn when they come into sight: brings all of them there. */
export async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    const { body } = document;
    for (let top = 0; top < body.scrollHeight; top += 350) {
      scrollTo(0, top);
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
    }
    scrollTo(0, 0);
  })()`);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds serious or critical on a page, all of it in sight and unfolded. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await scrollThrough(page);
  for (const fold of await page.locator('.fold > summary').all()) await fold.click();
  // The policy of the page lets no other script in: axe comes in through the debugger's door.
  const found = (await page.evaluate(
    `${axe}; axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  )) as Violation[];
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`);
}
