import { ownerOf } from '../../metrics/index.ts';
import type { Result } from '../../result/index.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

const most = 8;

/** The same assumption about one thing or many. */
interface Assumed {
  /** Ids of what it is about; none where it is about everything. */
  readonly owners: string[];
  readonly text: string;
}

/**
 * What the scenario leaves open and was assumed. The few that weigh most, each in a line: what is about everything, then
 * what is about the things that are tightest, take most time or cost most. Their sources and the others: `--json`.
 */
export function assumptionSection(result: Result, { style, columns }: Page): Section {
  if (result.assumptions.length === 0) return [];
  const weights = weightsOf(result);
  const weight = ({ owners }: Assumed) =>
    owners.length === 0
      ? Number.POSITIVE_INFINITY
      : Math.max(...owners.map((owner) => weights.get(owner) ?? 0));
  const sorted = assumedOf(result).sort((a, b) => weight(b) - weight(a) || 0);
  const lines = sorted
    .slice(0, most)
    .flatMap(({ owners, text }) => wrap(`${aboutText(owners)}${text}`, columns, { indent: 2, hanging: 4 }));
  const more = sorted.length - most;
  return [
    style.bold('Assumed where the scenario is silent'),
    ...lines,
    style.dim(
      more > 0 ? `  and ${more} more, each with its source: --json` : '  each with its source: --json',
    ),
  ];
}

function assumedOf({ assumptions }: Result): Assumed[] {
  const same = new Map<string, Assumed>();
  for (const { about, value } of assumptions) {
    const [, owner, what] = /^([\w-]+\.[\w-]+): (.*)$/.exec(about) ?? [undefined, undefined, about];
    const text = `${what}: ${value}`;
    const known = same.get(text) ?? { owners: [], text };
    if (owner !== undefined) known.owners.push(owner);
    same.set(text, known);
  }
  return [...same.values()];
}

function aboutText([first, ...others]: readonly string[]): string {
  if (first === undefined) return '';
  return others.length === 0 ? `${first}: ` : `${first} and ${others.length} more: `;
}

/** How much a thing matters: its share of the time or of the bill, or how busy it is; the largest of them. */
function weightsOf({ bottlenecks, cost, waterfalls }: Result): Map<string, number> {
  const weights = new Map<string, number>();
  const weigh = (path: string, weight: number) =>
    weights.set(ownerOf(path), Math.max(weight, weights.get(ownerOf(path)) ?? 0));
  for (const { station, utilization } of bottlenecks) weigh(station, utilization);
  for (const { parts, mean } of waterfalls) for (const part of parts) weigh(part.station, part.mean / mean);
  const months = new Map<string, number>();
  for (const { component, month = 0 } of cost.rows)
    months.set(component, (months.get(component) ?? 0) + month);
  for (const [component, month] of months) if (cost.month) weigh(component, month / cost.month);
  return weights;
}
