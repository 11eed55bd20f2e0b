import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command as a user would, from the root of the project. */
export function headroom(args: readonly string[], stdin = '', environment: NodeJS.ProcessEnv = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    input: stdin,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', GITHUB_ACTIONS: '', COLUMNS: '', ...environment },
    maxBuffer: 1 << 28,
  });
  return { code: status, stdout, stderr };
}
