import { ownerOf } from '../../metrics/index.ts';
import type {
  ComparedDesign,
  ComparedMetric,
  ComparedTarget,
  ComparedValue,
  Comparison,
  ScenarioDifference,
  TargetStatus,
} from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { dollars } from '../reading/dollars.ts';
import { estimateText } from '../reading/estimate-text.ts';

/** What a report of a comparison shows. */
export interface Choice {
  /** Every metric, instead of those that people look at first. */
  readonly isAll: boolean;
}

export interface ShownMetric {
  readonly id: string;
  /** The id without its owner: `latency.p95`. */
  readonly rest: string;
  readonly metric: ComparedMetric;
}

/** Metrics to show by what they belong to, in the order of the results; without those that no design has data of. */
export function shownMetrics({ metrics }: Comparison, { isAll }: Choice): Map<string, ShownMetric[]> {
  const groups = new Map<string, ShownMetric[]>();
  for (const [id, metric] of Object.entries(metrics)) {
    const hasData = metric.designs.some((value) => value !== null && value.data !== 'none');
    if (!hasData || !(isAll || metric.isKey)) continue;
    const owner = id.startsWith('cost.') ? 'cost' : ownerOf(id);
    groups.set(owner, [...(groups.get(owner) ?? []), { id, rest: id.slice(owner.length + 1), metric }]);
  }
  const rank = (owner: string) => {
    const at = sections.indexOf(owner.split('.')[0]);
    return at < 0 ? sections.indexOf('cost') - 0.5 : at;
  };
  return new Map([...groups].sort(([a], [b]) => rank(a) - rank(b)));
}

/** In the order in which people ask; what is not named comes before the cost. */
const sections = ['workloads', 'faults', 'consumers', 'databases', 'services', 'caches', 'cost'];

/** A value as reports have it, exact money in full. */
export function valueText({ unit, better, kind }: ComparedMetric, value: ComparedValue | null): string {
  if (value === null || value.data === 'none') return '–';
  const isExact = value.low === undefined || value.low === value.high;
  if (unit === 'money' && isExact && value.value !== null)
    return `$${dollars(value.value, Math.abs(value.value) < 1000 ? 2 : 0)}`;
  return estimateText({ ...value, unit, better, kind, runs: [] });
}

/** How many of a design's key metrics are better, worse, the same or undecided against the reference. */
export function tally({ metrics }: Comparison, at: number): string {
  const changes = Object.values(metrics).flatMap(({ isKey, designs }) =>
    isKey ? (designs[at]?.change ?? []) : [],
  );
  const words = [
    ['better', 'better'],
    ['worse', 'worse'],
    ['differs', 'different'],
    ['no change', 'unchanged'],
    ['unclear', 'unclear (~)'],
  ] as const;
  return words
    .map(([change, word]) => [changes.filter((one) => one === change).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}

/** `5 runs of 1 h, paired` or why they are not. */
export function pairingText({ designs, reference }: Comparison): string {
  const { runs, seconds } = designs[reference];
  const length = formatQuantity(seconds, 'duration');
  const unpaired = designs.filter(({ isPaired }) => !isPaired);
  const pairing = unpaired.length === 0 ? 'paired by seed' : 'not all paired';
  return `${runs} ${runs === 1 ? 'run' : 'runs'} of ${length}, ${pairing}, 95% intervals`;
}

/** What makes the comparison weaker than it looks. */
export function cautions({ designs, reference }: Comparison): string[] {
  const base = designs[reference];
  return designs.flatMap((design) => {
    const found: string[] = [];
    if (design.unpaired !== undefined)
      found.push(`${design.label} is not paired (${design.unpaired}): intervals are wider`);
    if (design.seconds !== base.seconds)
      found.push(
        `${design.label} ran ${formatQuantity(design.seconds, 'duration')} a run, the reference ${formatQuantity(base.seconds, 'duration')}: counts and maxima grow with that`,
      );
    if (design.load !== 'stable')
      found.push(`${design.label} is ${design.load}: its figures depend on how long it runs`);
    if (design.runs === 1) found.push(`${design.label} has one run: without an interval nothing is decided`);
    return found;
  });
}

/** Who asks least for a million requests, and by how much; nothing where no two designs say. */
export function cheapest({ metrics, designs }: Comparison): string | undefined {
  const costs = (metrics['cost.perMillion']?.designs ?? [])
    .map((value, at) => ({ label: designs[at].label, value: value?.value ?? undefined }))
    .filter((cost): cost is { label: string; value: number } => cost.value !== undefined)
    .sort((a, b) => a.value - b.value);
  if (costs.length < 2) return undefined;
  const [first, second] = costs;
  if (first.value === second.value) return undefined;
  const less = formatQuantity(1 - first.value / second.value, 'ratio', { digits: 2 });
  return `cheapest per million requests: ${first.label}, $${dollars(first.value, 2)}, ${less} less than ${second.label}`;
}

export const statusWords: Readonly<Record<TargetStatus, string>> = {
  pass: 'kept',
  fail: 'BROKEN',
  warn: 'refuted',
  inconclusive: 'undecided',
  'no-data': 'no data',
};

/** A target as it is written; with its metric where it names several. */
export const targetText = ({ target, metric }: ComparedTarget): string =>
  target.includes('*') ? `${metric}${target.replace(/^[^<>=]*/, ' ')}` : target;

/** `services.desk.threads: 1 → 2`. */
export function differenceText({ path, from, to }: ScenarioDifference): string {
  if (from === undefined) return `+ ${path}: ${to}`;
  if (to === undefined) return `- ${path}: ${from}`;
  return `${path}: ${from} → ${to}`;
}

export const labelOf = ({ label }: ComparedDesign, isReference: boolean): string =>
  isReference ? `${label} (reference)` : label;
