import { readFileSync } from 'node:fs';
import { type Result, readResult } from '../result/index.ts';
import { exitCode, Stop } from './exit.ts';

/** Whether a file is a saved result rather than a scenario: by what it says of itself, else by its name. */
export function savedResultOf(file: string): Result | undefined {
  if (file === '-') return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Stop(exitCode.usage, `error: cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
  const isResult =
    /^\s*\{[^}]{0,200}"format"\s*:\s*"headroom\./.test(text.slice(0, 300)) || file.endsWith('.json');
  if (!isResult) return undefined;
  const result = readResult(text);
  if ('problem' in result) throw new Stop(exitCode.usage, `error: ${file}: ${result.problem}`);
  return result;
}
