import type { Result } from '../../../result/index.ts';
import { Names } from '../../reading/names.ts';
import { verdictOf } from '../../reading/verdict-facts.ts';
import { answersOf } from '../answers.ts';
import { changeText } from '../change-text.ts';
import type { Compared } from '../compared.ts';
import {
  againText,
  cautions,
  comparableLatency,
  labelOf,
  pairingText,
  tally,
  titleOf,
  valueText,
} from '../reading.ts';
import { verdictOn } from '../verdict.ts';
import type { ComparePage, DesignCard, DesignFact } from './compare-data.ts';
import { costDiffOf } from './cost-diff.ts';
import { designCurves } from './design-curves.ts';
import { designTimeline } from './design-timeline.ts';
import { faultLines } from './fault-lines.ts';
import { figuresOf } from './figures-of.ts';
import { targetLines } from './target-lines.ts';

/** All that the page of a comparison shows. */
export function comparePageOf(compared: Compared): ComparePage {
  const { comparison, results } = compared;
  const { metrics, differences, reference, designs } = comparison;
  const { status, word, sentence } = verdictOn(compared);
  const names = namesOf(results);
  return {
    head: {
      name: titleOf(comparison),
      runs: pairingText(comparison),
      status,
      word,
      sentence,
      reasons: cautions(comparison),
    },
    tiles: answersOf(compared),
    designs: designs.map((_, at) => cardOf(compared, at)),
    reference,
    figures: figuresOf(comparison, names),
    targets: targetLines(compared),
    faults: faultLines(compared),
    topology: { regions: [], stacks: [], callers: [], rows: [] },
    timeline: designTimeline(compared, names),
    curves: designCurves(compared, names),
    cost: costDiffOf(compared, names),
    differences,
    metrics: Object.entries(metrics)
      .filter(([, { designs: values }]) => values.some((value) => value !== null && value.data !== 'none'))
      .map(([id, metric]) => [id, ...metric.designs.map((value) => valueText(metric, value))]),
    scenarios: results.map(({ scenario }) => scenario.text),
    again: {
      command: againText(compared),
      note: designs
        .map(({ label, fingerprint, seed }) => `${label}: fingerprint ${fingerprint}, seed ${seed}`)
        .join(' · '),
    },
  };
}

/** Names of what stands in any of the designs. */
const namesOf = (results: readonly Result[]): Names =>
  new Names({
    topology: { regions: [], nodes: uniqueById(results.flatMap(({ topology }) => topology.nodes)) },
    callers: uniqueById(results.flatMap(({ callers }) => callers)),
  });

const uniqueById = <T extends { readonly id: string }>(all: readonly T[]): T[] => [
  ...new Map(all.map((each) => [each.id, each])).values(),
];

function cardOf(compared: Compared, at: number): DesignCard {
  const { comparison, results } = compared;
  const { designs, reference } = comparison;
  const { status, word } = verdictOf(results[at]);
  return {
    label: labelOf(designs[at], at === reference),
    name: designs[at].name,
    status,
    word,
    facts: factsOf(compared, at),
    tally: at === reference ? '' : tally(comparison, at),
  };
}

/** What every card says: the callers' p95 and good answers, at most two callers, and the cost. */
function factsOf({ comparison, results }: Compared, at: number): DesignFact[] {
  const callers = results[comparison.reference].callers.map(({ id }) => id).slice(0, 2);
  const several = callers.length > 1;
  const named = (id: string, what: string) => (several ? `${what} of ${id.split('.')[1]}` : what);
  const wanted: [string, string][] = [
    ...callers.flatMap((id): [string, string][] => {
      const latency = comparableLatency(comparison, id, 'p95');
      return [
        [latency.id, named(id, latency.isAnswered ? 'p95 of the answers' : 'p95 latency')],
        [`${id}.goodputRatio`, named(id, 'good answers')],
      ];
    }),
    ['cost.month', 'a month'],
    ['cost.perMillion', 'a million requests'],
  ];
  return wanted.flatMap(([id, label]) => {
    const metric = comparison.metrics[id];
    const value = metric?.designs[at] ?? null;
    if (metric === undefined || metric.designs.every((each) => each === null || each.data === 'none'))
      return [];
    return [
      {
        label,
        value: valueText(metric, value),
        change: value === null ? '' : changeText(metric, value, metric.designs[comparison.reference]),
        ...(value?.change === undefined ? {} : { verdict: value.change }),
      },
    ];
  });
}
