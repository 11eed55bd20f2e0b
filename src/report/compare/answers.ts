import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Tile } from '../html/page-data.ts';
import { dollars } from '../reading/dollars.ts';
import { mainCaller } from '../reading/main-caller.ts';
import { factorText, tightestOf } from '../reading/verdict-facts.ts';
import { changeText, verdictWords } from './change-text.ts';
import type { Compared } from './compared.ts';
import { comparableLatency, leastOf } from './reading.ts';
import { losesRegion, needsOf, survivesRegion, undecidedText } from './survival.ts';

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

/** Who has the least of a metric, and how that differs from the reference. */
function leastTile(
  { comparison }: Compared,
  label: string,
  id: string,
  text: (value: number) => string,
): Tile | undefined {
  const least = leastOf(comparison, id, text);
  if (least === undefined) return undefined;
  const { designs, reference, metrics } = comparison;
  if (least.next === undefined) return { label, value: 'all alike', note: least.text, status: 'none' };
  const value = least.labels.join(', ');
  if (least.at.includes(reference))
    return { label, value, note: `${least.text}, the reference`, status: 'none' };
  const metric = metrics[id];
  const own = metric.designs[least.at[0]];
  const change = own === null ? '' : changeText(metric, own, metric.designs[reference]);
  const verdict = own?.change === undefined ? '' : `, ${verdictWords[own.change]}`;
  return {
    label,
    value,
    note: `${least.text}, ${change} against ${designs[reference].label}${verdict}`,
    status: 'none',
  };
}

function fastestTile(compared: Compared): Tile {
  const { comparison, results } = compared;
  const caller = mainCaller(results[comparison.reference]);
  const latency = caller === undefined ? undefined : comparableLatency(comparison, caller, 'p95');
  const of = caller?.split('.')[1];
  const label =
    latency === undefined ? 'Lowest p95' : `Lowest p95 of ${latency.isAnswered ? `answered ${of}` : of}`;
  const text = (value: number) => formatQuantity(value, 'duration');
  const tile = latency === undefined ? undefined : leastTile(compared, label, latency.id, text);
  if (tile === undefined) return { label, value: '–', note: 'nothing to compare', status: 'none' };
  return { ...tile, box: caller };
}

function cheapestTile(compared: Compared): Tile {
  const label = 'Cheapest a million requests';
  const text = (value: number) => `$${dollars(value, 2)}`;
  return (
    leastTile(compared, label, 'cost.perMillion', text) ?? {
      label,
      value: '–',
      note: 'no two have prices',
      status: 'none',
    }
  );
}

function survivalTile(compared: Compared): Tile {
  const label = 'Survive losing a region';
  const outcomes = compared.results.map(survivesRegion);
  const those = (wanted: boolean) => outcomes.flatMap((outcome, at) => (outcome === wanted ? [at] : []));
  const [alive, dead] = [those(true), those(false)];
  if (alive.length + dead.length === 0) {
    const note = compared.results.some(losesRegion)
      ? undecidedText
      : 'no scenario loses one: add a region-outage';
    return { label, value: '–', note, status: 'none' };
  }
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
  const most = room.filter(({ factor }) => factorText(factor) === factorText(room[0].factor));
  const isTie = most.length === room.length;
  return {
    label,
    value: isTie ? 'all alike' : most.map(({ at }) => designs[at].label).join(', '),
    note: texts.join(' · '),
    status: 'none',
  };
}

function growthOf(result: Result): number | undefined {
  return result.load === 'overloaded' ? undefined : tightestOf(result)?.atMost;
}
