export const purchaseFormat = 'headroom.purchase/1';

/** Nodes by how they are bought. */
export interface BoughtNodes {
  readonly reserved: number;
  readonly 'on-demand': number;
  readonly spot: number;
}

/** What a way of buying costs, saves and risks. */
export interface PurchaseFigures {
  /** $ a month of 730 hours. */
  readonly month: number;
  /** Against the same nodes all on demand at list price; negative where it costs more. */
  readonly saving: number;
  /** Largest share of the nodes in use at any hour that are spot: what one wave can take. */
  readonly atOnce: number;
  /** Notices that a spot node is taken away, a month, expected. */
  readonly interruptions: number;
}

/** How one fleet is bought. */
export interface PurchaseMix extends PurchaseFigures {
  /** Layers, used in this order; what exceeds them is on demand. */
  readonly layers: BoughtNodes;
  /** Nodes in use on the mean over the month. */
  readonly used: BoughtNodes;
}

/** $ an hour of a node, how sure (as in the bill), and where it stands. */
export interface PurchasePrice {
  readonly value: number;
  readonly confidence: string;
  readonly source: string;
}

/** The nodes of a pool in one region. */
export interface Fleet {
  /** `pools.web`. */
  readonly pool: string;
  readonly region: string;
  readonly location: string;
  readonly node: string;
  readonly prices: Readonly<Record<keyof BoughtNodes, PurchasePrice>>;
  /** Nodes in use over the hours of a week. */
  readonly need: { readonly least: number; readonly mean: number; readonly most: number };
  /** Nodes in use in each of them, run after run. */
  readonly hours: readonly number[];
  /** A node pays to be reserved if it is used in more than this share of all hours. */
  readonly reserveFrom: number;
  /** Expected, of one spot node that is there all month. */
  readonly interruptionsANode: number;
  readonly interruptionSource: string;
  /** As the scenario buys it. */
  readonly own: PurchaseMix;
  /** What the scenario's layers save if all of them are in use at all hours. */
  readonly savingInFullUse: number;
  /** What is best within the risk asked for. */
  readonly best: PurchaseMix;
}

/** What a scenario's nodes cost least, within a risk of interruptions. */
export interface PurchasePlan {
  readonly format: typeof purchaseFormat;
  readonly version: string;
  readonly scenario: {
    readonly name: string;
    readonly title?: string;
    readonly file: string;
    readonly hash: string;
    readonly text: string;
    readonly sets?: readonly string[];
  };
  readonly seed: number;
  readonly runs: number;
  /** The price book, and for how long reserved nodes are promised; absent where no nodes are needed. */
  readonly terms?: { readonly book: string; readonly about: string; readonly reservedTerm: string };
  /** The risk asked for; where neither is, each fleet bears at most what its own mix bears, in both. */
  readonly asked: { readonly atOnce?: number; readonly interruptions?: number };
  readonly fleets: readonly Fleet[];
  /** All fleets together. */
  readonly own: PurchaseFigures;
  readonly savingInFullUse: number;
  readonly best: PurchaseFigures;
  /** Settings with which the scenario buys the best. */
  readonly sets: readonly string[];
  /** The best at other shares at risk at once, in each fleet, whatever is asked. */
  readonly risks: readonly (PurchaseFigures & { readonly upTo: number })[];
  /** Savings that the scenario's targets ask, and the least share at risk at once, in whole percent, that reaches them. */
  readonly goals: readonly {
    readonly target: string;
    readonly saving: number;
    /** null: no share does. */
    readonly atOnce: number | null;
  }[];
  /** Fleets that could not be weighed, for want of a price. */
  readonly unpriced: readonly string[];
}
