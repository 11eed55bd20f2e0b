import { startOf } from '../../models/assemble.ts';
import type { Design } from '../../models/design.ts';
import { Load } from '../../models/load.ts';
import { warmUpOf } from '../../models/run-settings.ts';

/** Seconds that are measured at least, and that a design has at least to become steady. */
const [leastMeasured, leastWarmUp] = [60, 5];
/** Instants of a run at which its load is looked at. */
const looks = 500;

/**
 * What `--set` makes of a scenario whose run simulates more operations than `most`: a run of the busiest stretch of what it
 * measures that has about so many. What a percentile is known by is how many operations there are, not how long they took to
 * come: at twenty times the load a twentieth of the time tells as much.
 *
 * Nothing is cut from a run that has few, that begins with an empty design, or in which something goes wrong: there it
 * matters when things happen.
 */
export function shorterRun(design: Design, most: number): string[] {
  const { run } = design;
  const warmUp = warmUpOf(run);
  const measured = run.duration - warmUp;
  if (run.begin === 'empty' || design.names('faults').length > 0) return [];
  const begin = startOf(design) + warmUp;
  const demand = demandOver(design, begin, measured);
  const operations = demand.reduce((sum, rate) => sum + rate, 0) * (measured / looks);
  if (operations <= most) return [];
  const length = stretchOf(demand, most / (measured / looks));
  const seconds = Math.ceil(Math.max(leastMeasured, (length * measured) / looks));
  if (seconds >= measured) return [];
  const warm = Math.ceil(Math.min(warmUp, Math.max(leastWarmUp, (warmUp * seconds) / measured)));
  const from =
    begin + (busiest(demand, Math.min(looks, Math.ceil((seconds / measured) * looks))) * measured) / looks;
  return [
    ...(isFlat(demand) && run.start !== 'peak'
      ? []
      : [`run.start=${new Date(Math.round(from - warm) * 1000).toISOString()}`]),
    `run.duration=${seconds + warm}s`,
    `run.warmUp=${warm}s`,
  ];
}

/** Operations a second at so many instants of the measured window, those of all callers. */
function demandOver(design: Design, begin: number, measured: number): number[] {
  const { callers } = new Load(design);
  return Array.from({ length: looks }, (_, look) => {
    const instant = begin + ((look + 0.5) * measured) / looks;
    return callers.reduce((sum, { traffic }) => sum + traffic.rateAt(instant), 0);
  });
}

/** The fewest looks in a row that have so many operations somewhere. */
function stretchOf(demand: readonly number[], wanted: number): number {
  let [few, many] = [1, demand.length];
  while (few < many) {
    const middle = Math.floor((few + many) / 2);
    if (sumFrom(demand, busiest(demand, middle), middle) >= wanted) many = middle;
    else few = middle + 1;
  }
  return few;
}

/**
 * Where the stretch of so many looks begins that has the most demand; the last of equals: who came before it is still there, and
 * calls.
 */
function busiest(demand: readonly number[], length: number): number {
  let best = 0;
  let sum = sumFrom(demand, 0, length);
  let most = sum;
  for (let from = 1; from + length <= demand.length; from += 1) {
    sum += demand[from + length - 1] - demand[from - 1];
    if (sum >= most * (1 - 1e-9)) [best, most] = [from, Math.max(sum, most)];
  }
  return best;
}

const sumFrom = (demand: readonly number[], from: number, length: number): number =>
  demand.slice(from, from + length).reduce((sum, rate) => sum + rate, 0);

const isFlat = (demand: readonly number[]): boolean =>
  Math.max(...demand) <= Math.min(...demand) * (1 + 1e-9);
