import type { Result, TopologyResult } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { estimateText } from '../reading/estimate-text.ts';
import type { Names } from '../reading/names.ts';
import { isRoom } from '../reading/taken-room.ts';
import { type Calling, depthsOf } from './depths.ts';
import type { TopologyBox, TopologyData, TopologyRow } from './page-data.ts';

/** Regions whose stations are busy to within this share of each other are drawn as one. */
const alike = 0.1;

/** The design as it is drawn: a row a thing, by depth of the call; a column a region, or a stack of regions alike. */
export function topologyOf(result: Result, names: Names): TopologyData {
  const { topology, callers, metrics } = result;
  const outside = callers.filter(({ id }) => !topology.nodes.some((node) => node.id === id));
  const flow = flowOf(result);
  const depths = depthsOf(flow);
  const rows = topology.nodes
    .map((node): TopologyRow => {
      const calls = flow.find(({ id }) => id === node.id)?.calls ?? [];
      const shares = node.cells?.map(({ share }) => Number(share.toPrecision(4)));
      return {
        id: node.id,
        title: `${names.owner(node.id)}${isRoom(node.id, result) ? ' (reserved)' : ''}`,
        kind: node.kind,
        depth: depths.get(node.id) ?? 0,
        calls,
        boxes: topology.regions.map((region) => boxOf(node, region, result)),
        ...(shares === undefined ? {} : { shares }),
      };
    })
    .sort((a, b) => a.depth - b.depth);
  return {
    regions: topology.regions.map((name) => ({ name, ...shareOf(name, result) })),
    stacks: stacksOf(topology.regions.length, rows, result),
    callers: outside.map((caller) => ({
      id: caller.id,
      title: names.owner(caller.id),
      calls: calledBy(caller, topology.nodes),
      rate: estimateText(metrics[`${caller.id}.throughput`]),
    })),
    rows,
  };
}

/** The nodes that a caller's operations belong to: `desk.serve` is of the node that has the name `desk`. */
function calledBy({ call, opens }: Result['callers'][number], nodes: readonly TopologyResult[]): string[] {
  const names = [opens, call].flatMap((operation) => operation?.split('.')[0] ?? []);
  const found = nodes.filter(({ id, calls }) => names.includes(nameOf(id)) && isCallable(id, calls, nodes));
  return [...new Set(found.map(({ id }) => id))];
}

const nameOf = (id: string): string => id.split('.')[1] ?? id;

/** Of things that share a name, the one that calls others, else the one that nobody calls, is what answers operations. */
function isCallable(id: string, calls: readonly string[], nodes: readonly TopologyResult[]): boolean {
  const same = nodes.filter((node) => nameOf(node.id) === nameOf(id));
  if (same.length === 1) return true;
  return same.some((node) => node.calls.length > 0) ? calls.length > 0 : same[0].id === id;
}

/**
 * Who hands work to whom. A caller that is drawn itself reads from what it names and calls on with it: what it does
 * not call an operation of lies before it, not behind it.
 */
function flowOf({ topology, callers }: Result): Calling[] {
  const { nodes } = topology;
  const handed = new Map<string, string[]>();
  const hand = (from: string, to: string) => handed.set(from, [...(handed.get(from) ?? []), to]);
  for (const { id, calls } of nodes) {
    const caller = callers.find((each) => each.id === id);
    const answering = caller === undefined ? undefined : calledBy(caller, nodes);
    for (const target of calls) {
      if (answering === undefined || answering.includes(target)) hand(id, target);
      else hand(target, id);
    }
  }
  return nodes.map(({ id }) => ({ id, calls: [...new Set(handed.get(id))] }));
}

/** What the timeline calls the number of what stands somewhere. */
const counted = ['instances', 'nodes'];

function boxOf({ id, regions }: TopologyResult, region: string, { timeline }: Result): TopologyBox | null {
  const part = regions[region];
  if (part === undefined) return null;
  const series = `${id}.in.${region}.utilization`;
  const counts = counted.map((what) => `${id}.in.${region}.${what}`).find((name) => name in timeline.series);
  return {
    count: part.count,
    ...(part.role === undefined ? {} : { role: part.role }),
    ...(typeof part.utilization === 'number' ? { utilization: Number(part.utilization.toPrecision(4)) } : {}),
    ...(series in timeline.series ? { series } : {}),
    ...(counts === undefined ? {} : { counts }),
  };
}

/** How much of the load a region takes, where something shares it out: `routing.in.us-east.share`. */
function shareOf(region: string, { metrics }: Result): { share?: string } {
  const id = Object.keys(metrics).find((metric) => {
    const [, dimension, value, word, ...rest] = metric.split('.');
    return dimension === 'in' && value === region && word === 'share' && rest.length === 0;
  });
  const value = id === undefined ? null : metrics[id].value;
  return value === null ? {} : { share: formatQuantity(value, 'ratio', { digits: 2 }) };
}

/**
 * Regions alike, one stack each, in order: the same things stand there, as many, and about as busy. Where something goes
 * wrong each stands alone: what sets regions apart is then what one wants to see.
 */
function stacksOf(count: number, rows: readonly TopologyRow[], { faults }: Result): number[][] {
  const stacks: number[][] = [];
  for (let region = 0; region < count; region += 1) {
    const same = stacks.find(
      ([first]) => faults.length === 0 && rows.every(({ boxes }) => areAlike(boxes[first], boxes[region])),
    );
    if (same === undefined) stacks.push([region]);
    else same.push(region);
  }
  return stacks;
}

function areAlike(one: TopologyBox | null, other: TopologyBox | null): boolean {
  if (one === null || other === null) return one === other;
  const apart = Math.abs((one.utilization ?? 0) - (other.utilization ?? 0));
  return one.count === other.count && one.role === other.role && apart <= alike;
}
