import { ownerOf } from '../../metrics/index.ts';
import type { MetricResult, Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { dollars } from '../reading/dollars.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { hasSeen } from '../reading/find.ts';
import { lostWritesText } from '../reading/lost-writes.ts';
import { mainCaller } from '../reading/main-caller.ts';
import { marginText } from '../reading/margin-text.ts';
import type { Names } from '../reading/names.ts';
import { partOfStation } from '../reading/station-part.ts';
import { type TargetGroup, targetGroups } from '../reading/target-groups.ts';
import {
  factorText,
  headroomFacts,
  reasonText,
  runsText,
  targetFacts,
  tightestFacts,
  tightestOf,
  verdictOf,
  warmUpTexts,
} from '../reading/verdict-facts.ts';
import { yearlyTexts } from '../reading/yearly.ts';
import type { Head, Status, Tile } from './page-data.ts';

/** The verdict: one word, one sentence. */
export function headOf(result: Result, names: Names): Head {
  const { scenario, loadReasons, load } = result;
  const { status, word } = verdictOf(result);
  const facts = [
    ...(load === 'stable' ? [] : [load === 'overloaded' ? 'the load is too much' : 'work piles up']),
    ...headroomFacts(result, names),
    ...targetFacts(result),
    ...tightestFacts(result, names),
  ];
  return {
    name: scenario.name,
    ...(scenario.title === undefined ? {} : { title: scenario.title }),
    runs: runsText(result),
    status,
    word,
    sentence: `${facts.join(' · ')}.`,
    reasons: [...loadReasons.map((reason) => reasonText(reason, names)), ...warmUpTexts(result, names)],
  };
}

/** Five figures: room to grow, the worst target, latency, how it survives, what it costs. */
export function tilesOf(result: Result, names: Names): Tile[] {
  return [
    growthTile(result, names),
    worstTile(result, names),
    latencyTile(result, names),
    survivalTile(result, names),
    costTile(result),
  ];
}

function growthTile(result: Result, names: Names): Tile {
  const label = 'Room to grow';
  if (result.headroom !== undefined) return headroomTile(label, result.headroom);
  const tightest = tightestOf(result);
  if (tightest === undefined) return { label, value: '–', note: 'nothing is busy', status: 'none' };
  const { station, utilization, atMost } = tightest;
  const whose = [names.owner(station), partOfStation(tightest, names)].filter(Boolean).join(' ');
  const busy = `${whose}, ${formatQuantity(utilization, 'ratio', { digits: 2 })} busy`;
  const box = ownerOf(station);
  if (result.load === 'overloaded')
    return { label, value: 'none', note: `overloaded; ${busy}`, status: 'fail', box };
  if (atMost === undefined) return { label, value: '–', note: busy, status: 'none', box };
  return {
    label,
    value: `≤ ${factorText(atMost)}`,
    note: `until ${whose} is full`,
    status: atMost < 1.1 ? 'warn' : 'none',
    box,
  };
}

/** What was found by simulating it at larger loads. */
function headroomTile(label: string, { breaks, high, low }: NonNullable<Result['headroom']>): Tile {
  const fails = high === null ? 'no limit was found' : `fails at ${factorText(high)}`;
  const [first] = breaks?.targets ?? [];
  const box = breaks?.station === undefined ? undefined : ownerOf(breaks.station);
  return {
    label,
    value: low === 0 ? 'none' : factorText(low),
    note: first === undefined ? fails : `${fails}: ${first}`,
    status: low < 1 ? 'fail' : low < 1.1 ? 'warn' : 'pass',
    ...(box === undefined ? {} : { box }),
  };
}

function worstTile(result: Result, names: Names): Tile {
  const label = 'Worst target';
  const group = worstOf(targetGroups(result.targets));
  if (group === undefined) return { label, value: '–', note: 'no targets set', status: 'none' };
  const [worst] = group.targets;
  const unit = result.metrics[worst.metric]?.unit ?? 'count';
  return {
    label,
    value: group.status === 'no-data' ? 'no data' : marginText(worst),
    note: `${restOf(worst.metric)} ${worst.operator} ${formatQuantity(worst.limit, unit)}, ${ownerText(worst.metric, names)}`,
    status: group.status,
    box: ownerOf(worst.metric),
  };
}

/** What a metric is called below its owner: `hottestShardShare`, `in eu-west replicationLag p95`. */
const restOf = (metric: string): string => metric.split('.').slice(2).join(' ') || metric;
const ownerText = (metric: string, names: Names): string =>
  metric.split('.').length > 2 ? names.owner(metric) : 'all together';

/** The first that is not kept, needs before claims; else the one with the least room. */
function worstOf(groups: readonly TargetGroup[]): TargetGroup | undefined {
  const [first] = groups;
  if (first === undefined || first.status !== 'pass') return first;
  const room = ({ targets }: TargetGroup) => targets[0].margin ?? Number.POSITIVE_INFINITY;
  return groups.reduce((least, group) => (room(group) < room(least) ? group : least));
}

function latencyTile(result: Result, names: Names): Tile {
  const id = mainCaller(result);
  const label = id === undefined ? 'p95 latency' : `p95 latency of ${names.owner(id)}`;
  if (id === undefined) return { label, value: '–', note: 'no operation was measured', status: 'none' };
  const view = (name: string) => short(result.metrics[`${id}.latency.${name}`]);
  return {
    label,
    value: view('p95'),
    note: `p50 ${view('p50')} · p99 ${view('p99')}`,
    status: statusOn(result, `${id}.latency.`),
    box: id,
  };
}

const short = (metric: MetricResult | undefined): string => {
  if (!hasSeen(metric)) return 'no data';
  if (metric.value !== null) return formatQuantity(metric.value, metric.unit);
  // A run that ended before what was timed did.
  return metric.kind === 'duration' ? 'not recovered' : '∞';
};

/** The worst status of the targets on metrics that begin so. */
function statusOn({ targets }: Result, start: string): Status {
  return targetGroups(targets.filter(({ metric }) => metric.startsWith(start)))[0]?.status ?? 'none';
}

/** RTO and RPO where there are faults that have them, with availability over a year where rates tell it; else availability. */
function survivalTile(result: Result, names: Names): Tile {
  const { faults, metrics } = result;
  const slowest = faults
    .filter(({ name }) => metrics[`faults.${name}.rto`] !== undefined)
    .reduce<string | undefined>((worst, { name }) => {
      const rto = (of: string) => metrics[`faults.${of}.rto`].value ?? Number.POSITIVE_INFINITY;
      return worst === undefined || rto(name) > rto(worst) ? name : worst;
    }, undefined);
  if (slowest !== undefined) {
    const rpo = metrics[`faults.${slowest}.rpo`];
    const lost = lostWritesText(`faults.${slowest}.rpo`, result);
    return {
      label: 'RTO, worst fault',
      value: short(metrics[`faults.${slowest}.rto`]),
      note: [
        `${slowest}${rpo === undefined ? '' : ` · RPO ${short(rpo)}`}`,
        ...(lost === undefined ? [] : [lost]),
        ...yearlyTexts(result).map(
          ({ id, share, downtime }) => `${names.owner(id)} ${share} over a year, ${downtime} down`,
        ),
      ].join(' · '),
      status: statusOn(result, `faults.${slowest}.`),
    };
  }
  const id = mainCaller(result);
  const name = ['availability', 'goodputRatio'].find((each) => metrics[`${id}.${each}`] !== undefined);
  if (id === undefined || name === undefined)
    return { label: 'Availability', value: '–', note: 'nothing was measured', status: 'none' };
  return {
    label: name === 'availability' ? 'Availability' : 'Good answers',
    value: estimateText(metrics[`${id}.${name}`]),
    note: `of ${names.owner(id)}`,
    status: statusOn(result, `${id}.${name}`),
    box: id,
  };
}

function costTile(result: Result): Tile {
  const { cost, metrics } = result;
  const label = 'Cost a month';
  if (cost.rows.length === 0) return { label, value: '–', note: 'nothing has a price', status: 'none' };
  const each = metrics['cost.perMillion'];
  const unpriced = new Set(cost.unpriced).size;
  const notes = [
    ...(hasSeen(each) ? [`${short(each)} a million operations`] : []),
    ...(unpriced > 0 ? [`${unpriced} without a price`] : []),
  ];
  const value = cost.month === null ? 'unknown' : `$${dollars(cost.month, cost.month < 100 ? 2 : 0)}`;
  return { label, value, note: notes.join(' · '), status: statusOn(result, 'cost.month') };
}
