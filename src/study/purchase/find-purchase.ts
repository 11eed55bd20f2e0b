import type { NodeNeed } from '../../models/contracts/node-need.ts';
import type { Scenario } from '../../models/parse.ts';
import {
  type Fleet,
  type PurchaseFigures,
  type PurchasePlan,
  type PurchasePrice,
  purchaseFormat,
} from '../../result/index.ts';
import type { Progress, RunSource } from '../run-pool.ts';
import { scenarioHead } from '../scenario-head.ts';
import type { RunRecord } from '../simulate-run.ts';
import { bestOf, type FleetFacts, figuresOf, fleetOf, type RiskAsked } from './fleet.ts';
import { layerSets } from './layer-sets.ts';

export interface PurchaseSettings {
  readonly file: string;
  readonly version: string;
  readonly sets?: readonly string[];
  readonly risk: RiskAsked;
  /** Pools to look at, by name. Default: all. */
  readonly pools?: readonly string[];
  readonly seed?: number;
  /** Default: one. Nodes follow from means over a run, which hardly differ between runs. */
  readonly runs?: number;
  readonly pool: RunSource;
  readonly progress?: Progress;
}

const riskLadder = [0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1];

/**
 * How the nodes that a scenario needs over a month cost least, within a risk of interruptions. Needs are those of a run's
 * bill, hour by hour at the autoscalers' fixed point under the load that the run saw, scaled by the profile; hours of several
 * runs stand beside each other.
 */
export async function findPurchase(scenario: Scenario, settings: PurchaseSettings): Promise<PurchasePlan> {
  const { design } = scenario;
  const { runs = 1, seed = design.run.seed } = settings;
  const records = await settings.pool.runs(scenario, seed, 0, runs, settings.progress);
  const places = needsOf(records);
  const needs = places.filter(
    ({ bought, component, hours }) =>
      // What is reserved is paid for where nobody needs it, too.
      (Math.max(...hours) > 0 || bought.reserved > 0) &&
      (settings.pools?.some((name) => component === `pools.${name}`) ?? true),
  );
  const { facts, unpriced } = factsOf(needs);
  const fleets = facts.map((each) => fleetOf(each, settings.risk));
  const atMost = (atOnce: number) => together(facts.map((each) => [each, bestOf(each, { atOnce })]));
  return {
    format: purchaseFormat,
    version: settings.version,
    scenario: scenarioHead(scenario, settings),
    seed,
    runs,
    ...(needs.length === 0 ? {} : { terms: needs[0].terms }),
    asked: settings.risk,
    fleets,
    own: together(facts.map((each, at) => [each, fleets[at].own])),
    savingInFullUse: inFullUse(facts, fleets),
    best: together(facts.map((each, at) => [each, fleets[at].best])),
    risks: riskLadder.map((upTo) => ({ upTo, ...atMost(upTo) })),
    sets: layerSets(fleets, places, design),
    goals: goalsOf(scenario, (atOnce) => atMost(atOnce).saving),
    unpriced,
  };
}

function factsOf(needs: readonly NodeNeed[]): {
  readonly facts: FleetFacts[];
  readonly unpriced: string[];
} {
  const facts = needs.flatMap((need): FleetFacts[] => {
    const { reserved, 'on-demand': onDemand, spot } = need.prices;
    if (reserved === undefined || onDemand === undefined || spot === undefined) return [];
    return [{ need, prices: { reserved: shown(reserved), 'on-demand': shown(onDemand), spot: shown(spot) } }];
  });
  const isPriced = (need: NodeNeed) => facts.some((each) => each.need === need);
  const unpriced = needs
    .filter((need) => !isPriced(need))
    .map(({ component, node, region }) => `${component} in ${region}: ${node}`);
  return { facts, unpriced };
}

const shown = ({ value, confidence, source }: PurchasePrice): PurchasePrice => ({
  value,
  confidence,
  source,
});

/** The needs of all runs: each hour of each of them counts as much. */
const needsOf = ([first, ...others]: readonly RunRecord[]): NodeNeed[] =>
  first.nodeNeeds.map((need, at) => ({
    ...need,
    hours: [need, ...others.map(({ nodeNeeds }) => nodeNeeds[at])].flatMap(({ hours }) => hours),
  }));

type Bought = readonly (readonly [FleetFacts, PurchaseFigures])[];

/** All fleets: sums, and the largest share that any of them can lose at once. */
function together(bought: Bought): PurchaseFigures {
  const month = bought.reduce((sum, [, figures]) => sum + figures.month, 0);
  const onDemand = bought.reduce((sum, [facts]) => sum + allOnDemand(facts), 0);
  return {
    month,
    saving: onDemand > 0 ? 1 - month / onDemand : 0,
    atOnce: Math.max(0, ...bought.map(([, { atOnce }]) => atOnce)),
    interruptions: bought.reduce((sum, [, figures]) => sum + figures.interruptions, 0),
  };
}

const nothing = { reserved: 0, 'on-demand': 0, spot: 0 };
const allOnDemand = (facts: FleetFacts): number => figuresOf(facts, nothing).month;

/** The saving of the scenario's layers with all nodes in use at all hours. */
function inFullUse(facts: readonly FleetFacts[], fleets: readonly Fleet[]): number {
  const weights = facts.map(
    ({ need: { bought }, prices }) =>
      (bought.reserved + bought['on-demand'] + bought.spot) * prices['on-demand'].value,
  );
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === 0) return 0;
  return fleets.reduce((sum, { savingInFullUse }, at) => sum + savingInFullUse * weights[at], 0) / whole;
}

const savingMetric = 'cost.savings.vsOnDemand';

/** A larger share at risk never saves less, since it allows all that a smaller one does. */
function goalsOf({ targets }: Scenario, savingAt: (atOnce: number) => number): PurchasePlan['goals'] {
  return targets.flatMap(({ target, resolved }) =>
    resolved
      .filter(({ entry, operator }) => entry.id === savingMetric && operator.startsWith('>'))
      .map(({ limit }) => {
        const percent = Array.from({ length: 101 }, (_, each) => each / 100);
        return { target, saving: limit, atOnce: percent.find((share) => savingAt(share) >= limit) ?? null };
      }),
  );
}
