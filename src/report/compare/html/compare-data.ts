import type { ChangeVerdict, ScenarioDifference } from '../../../result/index.ts';
import type { PageData, Status } from '../../html/page-data.ts';

/**
 * What the page of a comparison shows: the parts that it has in common with a run's page are the same, with a line a design
 * in their charts. Lists by design are in the order of the designs.
 */
export interface ComparePage extends Pick<PageData, 'head' | 'tiles' | 'topology' | 'timeline' | 'curves'> {
  readonly designs: readonly DesignCard[];
  readonly reference: number;
  readonly figures: readonly FigureGroup[];
  readonly targets: readonly TargetLine[];
  readonly faults: readonly FaultLine[];
  readonly cost: CostDiff;
  /** Where each says something else than the reference; empty of that. */
  readonly differences: readonly (readonly ScenarioDifference[])[];
  /** Every metric: id, and what each design has. */
  readonly metrics: readonly (readonly [id: string, ...values: string[]])[];
  readonly scenarios: readonly string[];
  readonly again: { readonly command: string; readonly note: string };
}

/** A design at a glance. */
export interface DesignCard {
  readonly label: string;
  /** What its scenario is called. */
  readonly name: string;
  readonly status: Status;
  readonly word: string;
  readonly facts: readonly DesignFact[];
  /** How many of the figures are better, worse, …; empty of the reference. */
  readonly tally: string;
}

export interface DesignFact {
  readonly label: string;
  readonly value: string;
  /** Against the reference. */
  readonly change: string;
  readonly verdict?: ChangeVerdict;
}

/** Figures of one thing. */
export interface FigureGroup {
  readonly box: string;
  readonly title: string;
  readonly rows: readonly FigureRow[];
}

export interface FigureRow {
  readonly id: string;
  /** The id without its owner. */
  readonly name: string;
  readonly better: 'lower' | 'higher' | 'neither';
  readonly cells: readonly FigureCell[];
}

export interface FigureCell {
  readonly value: string;
  readonly change: string;
  readonly verdict?: ChangeVerdict;
  /** The difference with its interval, and the tolerance, in parts of the row's widest one. */
  readonly bar?: {
    readonly low: number;
    readonly value: number;
    readonly high: number;
    readonly band: number;
  };
}

export interface TargetLine {
  readonly text: string;
  readonly level: 'need' | 'claim';
  /** null where a design does not set it. */
  readonly cells: readonly ({ readonly status: Status; readonly measured: string } | null)[];
}

export interface FaultLine {
  readonly name: string;
  readonly sort: string;
  /** null where a design's scenario has no such fault. */
  readonly cells: readonly ({
    readonly status: Status;
    /** `recovered`, `not recovered`. */
    readonly word: string;
    readonly facts: readonly (readonly [what: string, value: string])[];
  } | null)[];
}

export interface CostDiff {
  /** $ a month of each design; null where it is not known. */
  readonly months: readonly (number | null)[];
  readonly texts: readonly CostCell[];
  readonly perMillion: readonly string[];
  readonly components: readonly {
    readonly box: string;
    readonly title: string;
    readonly months: readonly (number | null)[];
    readonly cells: readonly CostCell[];
    readonly items: readonly { readonly item: string; readonly cells: readonly CostCell[] }[];
  }[];
  readonly notes: readonly string[];
}

export interface CostCell {
  readonly value: string;
  /** `12 m6i.xlarge`. */
  readonly amount: string;
  /** `+$120 (+12%)`; empty where it is the same, and of the reference. */
  readonly change: string;
  readonly isMore?: boolean;
}
