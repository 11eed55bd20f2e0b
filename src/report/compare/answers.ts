import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Tile } from '../html/page-data.ts';
import { dollars } from '../reading/dollars.ts';
import { mainCaller } from '../reading/main-caller.ts';
import { factorText, tightestOf } from '../reading/verdict-facts.ts';
import { changeText, verdictWords } from './change-text.ts';
import type { Compared } from './compared.ts';
import { needsOf, survivesRegion } from './survival.ts';

/** What people ask of designs, and which design is the answer. */
export const answersOf = (compared: Compared): Tile[] => [
  needsTile(compared),
  fastestTile(compared),
  cheapestTile(compared),
  survivalTile(compared),
  growthTile(compared),
];

const labelsOf = ({ comparison }: Compared, of: readonly number[]): string =>
  of.map((at) => comparison.designs[at].label).join(', ');

function needsTile(compared: Compared): Tile {
  const label = 'Keep all their needs';
  const needs = compared.results.map(needsOf);
  if (needs.every(({ all }) => all === 0)) return { label, value: '–', note: 'no needs set', status: 'none' };
  const whole = needs.flatMap(({ all, kept }, at) => (all > 0 && kept === all ? [at] : []));
  const others = needs.flatMap(({ all, kept, undecided }, at) => {
    if (kept === all && all > 0) return [];
    const { label: name } = compared.comparison.designs[at];
    if (all === 0) return [`${name} sets none`];
    return [`${name} keeps ${kept} of ${all}${undecided > 0 ? `, ${undecided} undecided` : ''}`];
  });
  return {
    label,
    value: whole.length === 0 ? 'none' : labelsOf(compared, whole),
    note: others.join(' · ') || 'all designs',
    status: whole.length === 0 ? 'fail' : 'pass',
  };
}

/** The design with the best value of a metric, with how it differs from the reference. */
function bestOf(
  { comparison }: Compared,
  id: string,
): { at: number; value: number; note: string } | undefined {
  const metric = comparison.metrics[id];
  if (metric === undefined) return undefined;
  const known = metric.designs.flatMap((value, at) =>
    value === null || value.value === null || value.data === 'none' ? [] : [{ at, value: value.value }],
  );
  if (known.length < 2) return undefined;
  const best = known.reduce((least, each) => (each.value < least.value ? each : least));
  const own = metric.designs[best.at];
  const { designs, reference } = comparison;
  if (known.every(({ value }) => value === best.value)) return { ...best, note: 'all the same' };
  if (best.at === reference || own === null || own.change === undefined)
    return { ...best, note: 'the reference' };
  const change = changeText(metric, own, metric.designs[reference]);
  return { ...best, note: `${change} against ${designs[reference].label}, ${verdictWords[own.change]}` };
}

function fastestTile(compared: Compared): Tile {
  const { comparison, results } = compared;
  const caller = mainCaller(results[comparison.reference]);
  const label = caller === undefined ? 'Lowest p95' : `Lowest p95 of ${caller.split('.')[1]}`;
  const best = caller === undefined ? undefined : bestOf(compared, `${caller}.latency.p95`);
  if (best === undefined) return { label, value: '–', note: 'nothing to compare', status: 'none' };
  const isTie = best.note === 'all the same';
  return {
    label,
    value: isTie ? 'all alike' : comparison.designs[best.at].label,
    note: `${formatQuantity(best.value, 'duration')}${isTie ? '' : `, ${best.note}`}`,
    status: 'none',
    ...(caller === undefined ? {} : { box: caller }),
  };
}

function cheapestTile(compared: Compared): Tile {
  const label = 'Cheapest a million requests';
  const best = bestOf(compared, 'cost.perMillion');
  if (best === undefined) return { label, value: '–', note: 'no two have prices', status: 'none' };
  const isTie = best.note === 'all the same';
  return {
    label,
    value: isTie ? 'all alike' : compared.comparison.designs[best.at].label,
    note: `$${dollars(best.value, 2)}${isTie ? '' : `, ${best.note}`}`,
    status: 'none',
  };
}

function survivalTile(compared: Compared): Tile {
  const label = 'Survive losing a region';
  const outcomes = compared.results.map(survivesRegion);
  const those = (wanted: boolean) => outcomes.flatMap((outcome, at) => (outcome === wanted ? [at] : []));
  const [alive, dead] = [those(true), those(false)];
  if (alive.length + dead.length === 0)
    return { label, value: '–', note: 'no scenario decides it: add a region-outage', status: 'none' };
  const open = outcomes.flatMap((outcome, at) => (outcome === undefined ? [at] : []));
  const notes = [
    ...(dead.length > 0 ? [`not ${labelsOf(compared, dead)}`] : []),
    ...(open.length > 0 ? [`not known of ${labelsOf(compared, open)}`] : []),
  ];
  return {
    label,
    value: alive.length === 0 ? 'none' : labelsOf(compared, alive),
    note: notes.join(' · ') || 'all recover, needs kept',
    status: alive.length === 0 ? 'fail' : 'pass',
  };
}

function growthTile(compared: Compared): Tile {
  const label = 'Most room to grow';
  const { designs } = compared.comparison;
  const room = compared.results
    .map((result, at) => ({ at, factor: growthOf(result) }))
    .filter((each): each is { at: number; factor: number } => each.factor !== undefined)
    .sort((a, b) => b.factor - a.factor);
  if (room.length < 2) return { label, value: '–', note: 'nothing is busy', status: 'none' };
  const texts = room.map(({ at, factor }) => `${designs[at].label} ≤ ${factorText(factor)}`);
  const isTie = factorText(room[0].factor) === factorText(room[1].factor);
  return {
    label,
    value: isTie ? 'alike' : designs[room[0].at].label,
    note: texts.join(' · '),
    status: 'none',
  };
}

function growthOf(result: Result): number | undefined {
  return result.load === 'overloaded' ? undefined : tightestOf(result)?.atMost;
}
