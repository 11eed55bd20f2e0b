// Builds dist/: compiles, bundles what runs inside the HTML report, removes what no source makes any more, and lets the
// command be executed, which npx expects. npm runs this after `npm ci`; `npm ci --omit=dev` brings neither compiler nor
// bundler, and keeps what is there.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const compiler = here('./node_modules/typescript/bin/tsc');
const bundler = here('./node_modules/vite/package.json');
const EMITTED = 'TSFILE: ';

if (existsSync(compiler) && existsSync(bundler)) {
  const emitted = compile();
  if (emitted.size > 0) {
    for (const file of await bundlePage()) emitted.add(file);
    for (const entry of readdirSync(here('./dist'), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      if (entry.isFile() && !emitted.has(path)) rmSync(path);
    }
    chmodSync(here('./dist/cli/main.js'), 0o755);
  }
}

/** Compiles src/, and says which files came of it; none where nothing was written. */
function compile() {
  const build = [compiler, '-p', here('./tsconfig.build.json'), '--listEmittedFiles'];
  const { status, stdout } = spawnSync(process.execPath, build, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = stdout.split('\n').filter(Boolean);
  for (const line of lines) if (!line.startsWith(EMITTED)) console.error(line);
  process.exitCode = status ?? 1;
  return new Set(
    lines.filter((line) => line.startsWith(EMITTED)).map((line) => resolve(line.slice(EMITTED.length))),
  );
}

/** The scripts of the HTML reports, each in one piece, and their style sheets. */
async function bundlePage() {
  const sheet = (name) => readFileSync(here(`./src/report/html/${name}`), 'utf8');
  const files = {
    'client.js': await bundle('main.ts'),
    'compare.js': await bundle('compare/main.ts'),
    'style.css': sheet('style.css'),
    'compare.css': sheet('compare.css'),
  };
  mkdirSync(here('./dist/report/html'), { recursive: true });
  return Object.entries(files).map(([name, text]) => {
    const path = here(`./dist/report/html/${name}`);
    writeFileSync(path, text);
    return path;
  });
}

async function bundle(entry) {
  const { build } = await import('vite');
  const [output] = await build({
    configFile: false,
    logLevel: 'warn',
    root: here('./src/report/html/client'),
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      lib: { entry, formats: ['iife'], name: 'report' },
    },
  });
  return output.output[0].code;
}
