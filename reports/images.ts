/**
 * The pictures of the documentation, from a shipped scenario: charts as PNG, and the HTML report as a browser shows it.
 *
 *   npm run images      takes a minute and a Chromium; HEADROOM_CHROMIUM says where it is
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const scenario = 'scenarios/conversations-100m.yaml';
const images = 'docs/images';
const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'headroom-images-'));
const page = join(folder, 'report.html');

mkdirSync(images, { recursive: true });
const reporters = [`html=${page}`, `png=${folder}`].flatMap((reporter) => ['--reporter', reporter]);
const { status } = spawnSync(process.execPath, [command, 'run', scenario, ...reporters], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
/** The charts that the documentation shows. */
const charts = ['latency', 'cost'];
if (status !== 0) throw new Error(`headroom run ${scenario} ended with ${status}`);

for (const chart of charts) copyFileSync(join(folder, `${chart}.png`), join(images, `${chart}.png`));

const browser = await chromium.launch({
  executablePath: process.env.HEADROOM_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
const shown = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' });
await shown.goto(pathToFileURL(page).href);
await shown.waitForSelector('html[data-ready]');
await shown.screenshot({ path: join(images, 'report.png') });
await browser.close();
rmSync(folder, { recursive: true });
