/** Nodes that a pool needs in one region, hour by hour, and how the scenario buys them. */
export interface NodeNeed {
  /** `pools.web`. */
  readonly component: string;
  readonly region: string;
  /** What a node is called in the price book: `m6i.xlarge`. */
  readonly node: string;
  /** Nodes in use in each hour of a week, autoscalers at their fixed point. */
  readonly hours: readonly number[];
  /** How the scenario's mix divides the nodes. */
  readonly bought: Readonly<Record<'reserved' | 'on-demand' | 'spot', number>>;
  /** Of one spot node. */
  readonly interruptionsAnHour: number;
  readonly interruptionSource: string;
}
