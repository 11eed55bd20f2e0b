import type { Price, PriceTerms } from './price-book.ts';

/** Nodes that a pool needs in one region, hour by hour, and how the scenario buys them. */
export interface NodeNeed {
  /** `pools.web`. */
  readonly component: string;
  readonly region: string;
  /** Where that is: an AWS region. */
  readonly location: string;
  /** What a node is called in the price book: `m6i.xlarge`. */
  readonly node: string;
  /** Nodes in use in each hour of a week, autoscalers at their fixed point. */
  readonly hours: readonly number[];
  /** How the scenario's mix divides the nodes. */
  readonly bought: Readonly<Record<'reserved' | 'on-demand' | 'spot', number>>;
  /** Of a node, by how it is bought; what nobody knows is not there. */
  readonly prices: Readonly<Partial<Record<'reserved' | 'on-demand' | 'spot', Price>>>;
  readonly terms: PriceTerms;
  /** Of one spot node. */
  readonly interruptionsAnHour: number;
  readonly interruptionSource: string;
}
