/**
 * What nodes are bought in a month.
 *
 * Rule: hour by hour over a week, the nodes that hold the instances that there will be (first fit decreasing, the
 * autoscalers at their fixed point), never fewer than `min`; the reserved ones are bought in all hours, used or not.
 * The month is 730 hours of such weeks. Differs from the run: nodes are packed afresh each hour, none starts, none waits
 * to be given back, none is interrupted.
 */
import { nodesNeeded } from '../algorithms/placement/nodes-needed.ts';
import type { Tenancy } from '../contracts/placer.ts';
import { type NodeCounts, purchaseOf } from './mix.ts';
import { requestOf } from './region-nodes.ts';

const hoursOfWeek = 168;

export interface MonthFacts {
  readonly region: number;
  readonly tenancies: readonly Tenancy[];
  readonly shares: NodeCounts;
  /** Thousandths of a core that a node has for instances. */
  readonly room: number;
  readonly min: number;
  readonly max: number;
  /** Seconds of Unix time at which the week begins. */
  readonly from: number;
}

export interface NodesOfMonth {
  /** Mean over the month's hours, of those in use. */
  readonly used: NodeCounts;
  /** Whether all hours need the same nodes. */
  readonly isSteady: boolean;
}

export function nodesOfMonth(facts: MonthFacts): NodesOfMonth {
  const { shares } = facts;
  const hours = nodesByHour(facts);
  const used = hours.map((nodes) => purchaseOf(nodes, shares));
  const mean = (read: (counts: NodeCounts) => number) =>
    used.reduce((sum, counts) => sum + read(counts), 0) / hoursOfWeek;
  return {
    used: {
      reserved: mean(({ reserved }) => reserved),
      'on-demand': mean((counts) => counts['on-demand']),
      spot: mean(({ spot }) => spot),
    },
    isSteady: hours.every((nodes) => nodes === hours[0]),
  };
}

/** Nodes in use in each hour of the week. */
export const nodesByHour = (facts: Omit<MonthFacts, 'shares'>): number[] =>
  Array.from({ length: hoursOfWeek }, (_, hour) => nodesAt(facts, facts.from + (hour + 0.5) * 3600));

function nodesAt({ region, tenancies, room, min, max }: Omit<MonthFacts, 'shares'>, instant: number): number {
  const groups = tenancies.map((tenancy) => ({
    request: requestOf(tenancy.cores),
    count: tenancy.instancesAt(region, instant),
  }));
  return Math.min(Math.max(nodesNeeded(groups, room), min), max);
}
