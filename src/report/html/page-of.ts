import { ownerOf } from '../../metrics/index.ts';
import type { Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { amountText, billOf } from '../reading/bill.ts';
import { dollars } from '../reading/dollars.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { replaysOf } from '../reading/examples.ts';
import { hasSeen } from '../reading/find.ts';
import { Names } from '../reading/names.ts';
import { againWords, nextSteps } from '../reading/next-steps.ts';
import { purchaseMix } from '../reading/purchase-mix.ts';
import { unsteadyNote } from '../reading/steady.ts';
import { curvesOf } from './curves-of.ts';
import { headOf, tilesOf } from './head.ts';
import type { CostData, PageData, SpreadData, WaterfallData } from './page-data.ts';
import { targetRows } from './target-rows.ts';
import { timelineOf } from './timeline-of.ts';
import { topologyOf } from './topology-of.ts';

/** All that the page shows of a result. */
export function pageOf(result: Result): PageData {
  const names = new Names(result);
  const { scenario, failures, assumptions, metrics, seed, version, fingerprint } = result;
  return {
    head: headOf(result, names),
    tiles: tilesOf(result, names),
    targets: targetRows(result),
    topology: topologyOf(result, names),
    timeline: timelineOf(result, names),
    curves: curvesOf(result, names),
    spreads: spreadsOf(result, names),
    waterfalls: waterfallsOf(result, names),
    cost: costOf(result, names),
    failures: failures.map(({ workload, reason, count, means }) => [
      workload,
      reason,
      formatQuantity(count, 'count'),
      means,
    ]),
    replays: replaysOf(result).map(({ what, words }) => [what, words.join(' ')]),
    assumptions: assumptions.map(({ about, value, source }) => [about, value, source]),
    metrics: Object.entries(metrics)
      .filter(([, metric]) => hasSeen(metric))
      .map(([id, metric]) => [id, estimateText(metric)]),
    scenario: scenario.text,
    again: {
      command: againWords(result).join(' '),
      fingerprint,
      seed,
      version,
      hash: scenario.hash,
      next: nextSteps(result).map(({ words, why }) => [words.join(' '), why]),
    },
  };
}

function spreadsOf({ topology, metrics }: Result, names: Names): SpreadData[] {
  return topology.nodes.flatMap(({ id, cells = [] }) => {
    const shares = cells.map(({ share }) => share);
    const hottest = Math.max(0, ...shares);
    if (shares.length < 2 || hottest === 0) return [];
    const known = Object.keys(metrics).find(
      (metric) => metric.startsWith(`${id}.hottest`) && metric.endsWith('Share'),
    );
    return [
      {
        box: id,
        title: names.owner(id),
        shares: shares.map((share) => Number(share.toPrecision(4))),
        hottest: known === undefined ? formatQuantity(hottest, 'ratio') : estimateText(metrics[known]),
        factor: (known === undefined ? hottest : (metrics[known].value ?? hottest)) * shares.length,
      },
    ];
  });
}

function waterfallsOf(result: Result, names: Names): WaterfallData[] {
  const { waterfalls, callers } = result;
  return waterfalls.map(({ workload, mean, p99, parts }) => {
    const box = callers.find(({ id }) => id.endsWith(`.${workload}`))?.id ?? workload;
    const note = unsteadyNote(result, box);
    return {
      box,
      title: note === undefined ? workload : `${workload} (${note})`,
      mean,
      p99,
      parts: [...parts]
        .sort((a, b) => b.mean - a.mean)
        .map((part) => ({
          box: ownerOf(part.station),
          station: names.isCaller(part.station) ? 'caller' : names.of(part.station),
          phase: part.phase,
          waits: part.waits,
          mean: Number(part.mean.toPrecision(6)),
          p99: Number(part.p99.toPrecision(6)),
        })),
    };
  });
}

function costOf({ cost, metrics }: Result, names: Names): CostData {
  const each = metrics['cost.perMillion'];
  const saved = metrics['cost.savings.vsOnDemand'];
  return {
    month: cost.month === null ? 'unknown' : `$${dollars(cost.month, cost.month < 100 ? 2 : 0)}`,
    notes: [
      ...(hasSeen(each) ? [`${formatQuantity(each.value ?? 0, each.unit)} a million operations.`] : []),
      ...(hasSeen(saved) ? [`Saved against buying everything on demand: ${estimateText(saved)}.`] : []),
      ...[...new Set(cost.unpriced)].map((what) => `No price known, not in the sum: ${what}.`),
    ],
    components: billOf(cost).map(({ component, month, items }) => ({
      box: component,
      title: component.includes('.') ? names.owner(component) : component,
      month,
      items: items.map((item) => ({
        item: item.item,
        amount: amountText(item),
        each: item.amount > 0 ? formatQuantity(item.month / item.amount, 'money') : '',
        month: item.month,
        basis: [
          item.basis,
          ...(item.confidence.some((word) => 'BR'.includes(word)) ? ['unverified price'] : []),
        ].join(', '),
      })),
    })),
    mix: purchaseMix(cost),
  };
}
