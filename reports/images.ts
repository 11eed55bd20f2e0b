/**
 * The pictures of the documentation, from shipped scenarios: charts as PNG, and the HTML reports as a browser shows them.
 *
 *   npm run images               takes some minutes and a Chromium; HEADROOM_CHROMIUM says where it is
 *   npm run images -- compare    only those of the comparison
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const images = 'docs/images';
const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'headroom-images-'));
const at = (name: string) => join(folder, name);

function headroom(args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [command, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  // A need that is broken makes a picture too.
  if (status !== 0 && status !== 1) throw new Error(`headroom ${args.join(' ')} ended with ${status}`);
}

/** The first screen of a page, as a window of 1280 × 720 shows it. */
async function firstScreen(page: string, image: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.HEADROOM_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  const shown = await browser.newPage({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' });
  await shown.goto(pathToFileURL(page).href);
  await shown.waitForSelector('html[data-ready]');
  await shown.screenshot({ path: join(images, image) });
  await browser.close();
}

async function report(): Promise<void> {
  const page = at('report.html');
  const reporters = [`html=${page}`, `png=${folder}`].flatMap((reporter) => ['--reporter', reporter]);
  headroom(['run', 'scenarios/conversations-100m.yaml', ...reporters]);
  for (const chart of ['latency', 'cost']) copyFileSync(at(`${chart}.png`), join(images, `${chart}.png`));
  await firstScreen(page, 'report.png');
}

/** Designs that are held against a shipped one: what each changes of it. */
const variants = {
  'half reserved': 'pools: { web: { mix: { reserved: 50%, on-demand: 50% } } }',
  'one instance each':
    'services: { trade-service: { instances: 1 }, position-service: { instances: 1 }, trade-processor: { instances: 1 }, settlement-service: { instances: 1 } }',
  '30 ms a trade in the processor':
    'services: { trade-processor: { operations: { process: [ { work: { lognormal: { mean: 30ms, cv: 0.5 } } }, { write: positions }, { write: ledger } ] } } }',
};

async function compare(): Promise<void> {
  const base = resolve('scenarios/trades-1m.yaml');
  const files = Object.values(variants).map((change, number) => {
    const file = at(`${number}.yaml`);
    writeFileSync(file, `extends: ${base}\n${change}\n`);
    return file;
  });
  const labels = ['as it is', ...Object.keys(variants)].flatMap((label) => ['--label', label]);
  const short = ['--runs', '3', '--set', 'run.duration=20m'];
  const page = at('compare.html');
  headroom(['compare', base, ...files, ...labels, ...short, '--reporter', `html=${page}`]);
  await firstScreen(page, 'compare.png');
}

const pictures = { report, compare };
const asked = process.argv.slice(2);
mkdirSync(images, { recursive: true });
for (const [name, draw] of Object.entries(pictures))
  if (asked.length === 0 || asked.includes(name)) await draw();
rmSync(folder, { recursive: true });
