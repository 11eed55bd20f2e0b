// `npm ci` builds the command; `npm ci --omit=dev` has no compiler and keeps what is there.
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

const compiler = new URL('./node_modules/typescript/bin/tsc', import.meta.url);
if (existsSync(compiler)) {
  const { status } = spawnSync(process.execPath, [compiler.pathname, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
