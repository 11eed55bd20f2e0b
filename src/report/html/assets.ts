import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What `prepare` makes of client/ and style.css lies beside the compiled file that this becomes. Run from its source (by
 * tests, by tsx), this takes it from there too: the page is made of what was built last.
 */
const built = (name: string): string => {
  const folder = import.meta.url.endsWith('.ts') ? '../../../dist/report/html/' : './';
  return readFileSync(fileURLToPath(new URL(folder + name, import.meta.url)), 'utf8');
};

export const clientScript = (): string => built('client.js');
export const styleSheet = (): string => built('style.css');

/** The same for the page of a comparison, which has what the other one has and more. */
export const compareScript = (): string => built('compare.js');
export const compareStyleSheet = (): string => styleSheet() + built('compare.css');

/** Chart.js as one script; the package exports no path to it. */
export function chartLibrary(): string {
  const entry = createRequire(import.meta.url).resolve('chart.js');
  return readFileSync(join(dirname(entry), 'chart.umd.min.js'), 'utf8').replace(
    /^\/\/# sourceMappingURL=.*$/m,
    '',
  );
}
