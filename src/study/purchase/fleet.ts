import { cheapestMix, type RiskLimits } from '../../models/algorithms/purchasing/cheapest-mix.ts';
import { mixFigures } from '../../models/algorithms/purchasing/mix-figures.ts';
import type { NodeNeed } from '../../models/contracts/node-need.ts';
import type { BoughtNodes, Fleet, PurchaseMix } from '../../result/index.ts';

export const hoursAMonth = 730;

/** What may be risked in a fleet: a share of its nodes at once, interruptions a month. */
export interface RiskAsked {
  readonly atOnce?: number;
  readonly interruptions?: number;
}

/** The nodes of a pool in one region, with what they cost an hour. */
export interface FleetFacts {
  readonly need: NodeNeed;
  readonly prices: Fleet['prices'];
}

/** What a fleet's layers cost, save and risk. */
export function figuresOf(facts: FleetFacts, layers: BoughtNodes): PurchaseMix {
  const { hours, interruptionsAnHour } = facts.need;
  const { cost, allOnDemand, used, atOnce } = mixFigures(hours, layers, valuesOf(facts));
  return {
    layers,
    used,
    month: cost * hoursAMonth,
    saving: allOnDemand > 0 ? 1 - cost / allOnDemand : 0,
    atOnce,
    interruptions: used.spot * hoursAMonth * interruptionsAnHour,
  };
}

/** The layers that cost least within a risk. */
export function bestOf(facts: FleetFacts, risk: RiskAsked): PurchaseMix {
  const { hours, interruptionsAnHour } = facts.need;
  const limits: RiskLimits = {
    ...(risk.atOnce === undefined ? {} : { atOnce: risk.atOnce }),
    ...(risk.interruptions === undefined || interruptionsAnHour === 0
      ? {}
      : { meanSpot: risk.interruptions / (hoursAMonth * interruptionsAnHour) }),
  };
  return figuresOf(facts, cheapestMix(hours, valuesOf(facts), limits));
}

/** A fleet as it is bought and as it should be. */
export function fleetOf(facts: FleetFacts, asked: RiskAsked): Fleet {
  const { need, prices } = facts;
  const { hours } = need;
  const own = figuresOf(facts, need.bought);
  const isAsked = asked.atOnce !== undefined || asked.interruptions !== undefined;
  const size = need.bought.reserved + need.bought['on-demand'] + need.bought.spot;
  const inFullUse = figuresOf({ ...facts, need: { ...need, hours: [size] } }, need.bought);
  return {
    pool: need.component,
    region: need.region,
    location: need.location,
    node: need.node,
    prices,
    need: {
      least: Math.min(...hours),
      mean: hours.reduce((sum, nodes) => sum + nodes, 0) / hours.length,
      most: Math.max(...hours),
    },
    hours,
    reserveFrom: prices.reserved.value / prices['on-demand'].value,
    interruptionsANode: need.interruptionsAnHour * hoursAMonth,
    interruptionSource: need.interruptionSource,
    own,
    savingInFullUse: inFullUse.saving,
    best: bestOf(facts, isAsked ? asked : own),
  };
}

const valuesOf = ({ prices }: FleetFacts): BoughtNodes => ({
  reserved: prices.reserved.value,
  'on-demand': prices['on-demand'].value,
  spot: prices.spot.value,
});
