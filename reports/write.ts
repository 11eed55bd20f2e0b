/**
 * `npm run reports`: the report of every shipped scenario, as its user sees it at 80 columns, and an index of them.
 * Names on the command line choose: `npm run reports -- trades-10m`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseScenario } from '../src/models/parse.ts';
import { renderTerminal } from '../src/report/terminal/index.ts';
import type { Result } from '../src/result/index.ts';
import { version } from '../src/result/version.ts';
import { RunPool } from '../src/study/run-pool.ts';
import { runScenario } from '../src/study/run-scenario.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const all = readdirSync('scenarios')
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));
const chosen = process.argv.length > 2 ? process.argv.slice(2) : all;

async function write(name: string): Promise<void> {
  const file = `scenarios/${name}.yaml`;
  const { scenario } = parseScenario(file, (path) => readFileSync(path));
  if (scenario === undefined) throw new Error(`${file} does not stand: headroom validate ${file}`);
  const pool = new RunPool();
  const started = performance.now();
  const { result } = await runScenario(scenario, { file, version, pool });
  await pool.close();
  const page = renderTerminal(result, { color: false, columns: 80 });
  writeFileSync(`reports/${name}.txt`, page);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stderr.write(`${name}: ${summary(result)} (${seconds} s)\n`);
}

const summary = ({ verdict, load, runs }: Result): string => `${verdict}, ${load}, ${runs} runs`;

/** The line of a report that begins with its verdict, after its name and perhaps its title. */
const verdictLine = (page: readonly string[]): string => page.find((line) => /^[A-Z]{5}/.test(line)) ?? '';

function index(): string {
  const rows = all.flatMap((name) => {
    const page = readdirSync('reports').includes(`${name}.txt`)
      ? readFileSync(`reports/${name}.txt`, 'utf8').split('\n')
      : undefined;
    return page === undefined ? [] : [`* [${name}](${name}.txt): ${verdictLine(page).trim()}`];
  });
  return [
    '# Reports of the shipped scenarios',
    '',
    'Each is what `headroom run scenarios/NAME.yaml` prints at 80 columns. `npm run reports` writes them anew.',
    '',
    ...rows,
    '',
  ].join('\n');
}

for (const name of chosen) await write(name);
writeFileSync('reports/README.md', index());
