// Builds dist/: compiles, removes what no source makes any more, and lets the command be executed, which npx
// expects. npm runs this after `npm ci`; `npm ci --omit=dev` brings no compiler, and keeps what is there.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const compiler = here('./node_modules/typescript/bin/tsc');
const EMITTED = 'TSFILE: ';

if (existsSync(compiler)) {
  const build = [compiler, '-p', here('./tsconfig.build.json'), '--listEmittedFiles'];
  const { status, stdout } = spawnSync(process.execPath, build, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = stdout.split('\n').filter(Boolean);
  const emitted = new Set(
    lines.filter((line) => line.startsWith(EMITTED)).map((line) => resolve(line.slice(EMITTED.length))),
  );
  for (const line of lines) if (!line.startsWith(EMITTED)) console.error(line);
  if (emitted.size > 0) {
    for (const entry of readdirSync(here('./dist'), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      if (entry.isFile() && !emitted.has(path)) rmSync(path);
    }
    chmodSync(here('./dist/cli/main.js'), 0o755);
  }
  process.exitCode = status ?? 1;
}
