// Builds dist/ afresh. npm runs it after `npm ci`; `npm ci --omit=dev` has no compiler and keeps what is there.

import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const compiler = here('./node_modules/typescript/bin/tsc');

if (existsSync(compiler)) {
  rmSync(here('./dist'), { recursive: true, force: true });
  const build = [compiler, '-p', here('./tsconfig.build.json')];
  const { status } = spawnSync(process.execPath, build, { stdio: 'inherit' });
  process.exit(status ?? 1);
}
