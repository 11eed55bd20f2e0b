/**
 * `npm run reports`: the report of every shipped scenario, as its user sees it at 80 columns, and an index of them.
 * Names on the command line choose: `npm run reports -- trades-10m`.
 */
import { fileURLToPath } from 'node:url';
import { scenarioNames, writeIndex, writePlanReport, writeReport } from './gallery.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const chosen = process.argv.length > 2 ? process.argv.slice(2) : scenarioNames();

for (const name of chosen) {
  const started = performance.now();
  const outcome = await writeReport(name, 'reports');
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stderr.write(`${name}: ${outcome} (${seconds} s)
`);
  const plan = await writePlanReport(name, 'reports');
  if (plan !== undefined) process.stderr.write(`${name}: plan ${plan.verdict}, ${plan.counts.runs} runs
`);
}
writeIndex('reports');
