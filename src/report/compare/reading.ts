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
import { shellText } from '../reading/next-steps.ts';
import type { Compared } from './compared.ts';

/** What a report of a comparison shows. */
export interface Choice {
  /** Every metric, instead of those that people look at first. */
  readonly isAll: boolean;
  /** What else the results say. */
  readonly notes?: readonly string[];
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
  if (unit === 'money' && value.value !== null) return moneyText(value.value, value);
  return estimateText({ ...value, unit, better, kind, runs: [] });
}

/** Money in full: what is not used up is exact, and what is used up differs from run to run. */
function moneyText(value: number, { low, high }: ComparedValue): string {
  const half = low == null || high == null ? 0 : (high - low) / 2;
  const decimals = half >= 1 || (half === 0 && Math.abs(value) >= 1000) ? 0 : 2;
  const text = `$${dollars(value, decimals)}`;
  return half < 0.005 ? text : `${text} ± ${dollars(half, decimals)}`;
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

/** What makes the comparison weaker than it looks: each said once, of all that it is true of. */
export function cautions({ designs, reference }: Comparison): string[] {
  const base = designs[reference];
  const found = new Map<
    string,
    { readonly one: string; readonly several: string; readonly labels: string[] }
  >();
  const say = ({ label }: ComparedDesign, one: string, several: string) => {
    const said = found.get(one) ?? { one, several, labels: [] };
    found.set(one, said);
    said.labels.push(label);
  };
  for (const design of designs) {
    const { unpaired, seconds, load, runs } = design;
    if (unpaired !== undefined) {
      const why = `not paired (${unpaired}): intervals are wider`;
      say(design, `is ${why}`, `are ${why}`);
    }
    if (seconds !== base.seconds) {
      const [own, its] = [seconds, base.seconds].map((length) => formatQuantity(length, 'duration'));
      const how = `ran ${own} a run, the reference ${its}: counts and maxima grow with that`;
      say(design, how, how);
    }
    if (load !== 'stable')
      say(
        design,
        `is ${load}: its figures depend on how long it runs`,
        `are ${load}: their figures depend on how long they run`,
      );
    if (runs === 1)
      say(
        design,
        'has one run: without an interval nothing is decided',
        'have one run: without an interval nothing is decided',
      );
  }
  return [...found.values()].map(
    ({ one, several, labels }) => `${labels.join(', ')} ${labels.length === 1 ? one : several}`,
  );
}

/** Who asks least for a million requests, and by how much; nothing where no two designs say, or all say the same cents. */
export function cheapest(comparison: Comparison): string | undefined {
  const best = leastOf(comparison, 'cost.perMillion', (value) => `$${dollars(value, 2)}`);
  if (best?.next === undefined) return undefined;
  const less = formatQuantity(1 - best.value / best.next.value, 'ratio', { digits: 2 });
  const { label } = comparison.designs[best.next.at];
  return `cheapest per million requests: ${best.labels.join(', ')}, ${best.text}, ${less} less than ${label}`;
}

/** The designs with the least of a metric, as it is written: those that read the same are alike. */
export interface Least {
  readonly at: readonly number[];
  readonly labels: readonly string[];
  readonly value: number;
  readonly text: string;
  /** The least of those that read otherwise; absent where all are alike. */
  readonly next?: { readonly at: number; readonly value: number };
}

/** Undefined where fewer than two designs say. */
export function leastOf(
  { metrics, designs }: Comparison,
  id: string,
  text: (value: number) => string,
  among: readonly number[] = designs.map((_, at) => at),
): Least | undefined {
  const known = among
    .flatMap((at) => {
      const value = metrics[id]?.designs[at];
      return value == null || value.value === null || value.data === 'none'
        ? []
        : [{ at, value: value.value }];
    })
    .sort((a, b) => a.value - b.value);
  if (known.length < 2) return undefined;
  const [{ value }] = known;
  const next = known.find((each) => text(each.value) !== text(value));
  const alike = known.filter((each) => text(each.value) === text(value)).map(({ at }) => at);
  return {
    at: alike,
    labels: alike.map((at) => designs[at].label),
    value,
    text: text(value),
    ...(next === undefined ? {} : { next }),
  };
}

/** A percentile of a workload's latency to hold designs against by: of the answered operations where of all it is infinite in all. */
export function comparableLatency({ metrics }: Comparison, workload: string, view: string) {
  const all = `${workload}.latency.${view}`;
  const isInfinite = metrics[all]?.designs.every(
    (value) => value === null || (value.data === 'unbounded' && value.value === null),
  );
  const isAnswered = isInfinite === true;
  return { id: isAnswered ? `${workload}.answeredLatency.${view}` : all, isAnswered };
}

export const statusWords: Readonly<Record<TargetStatus, string>> = {
  pass: 'kept',
  fail: 'BROKEN',
  warn: 'refuted',
  inconclusive: 'undecided',
  'no-data': 'no data',
};

/** A target as it is written; with its metric where it names several. */
export function targetText({ target, metric, during }: ComparedTarget): string {
  const asked = target.includes('*') ? `${metric}${target.replace(/^[^<>=]*/, ' ')}` : target;
  return during === 'steady' ? `${asked} in steady times` : asked;
}

/** `services.desk.threads: 1 → 2`. */
export function differenceText({ path, from, to }: ScenarioDifference): string {
  if (from === undefined) return `+ ${path}: ${to}`;
  if (to === undefined) return `- ${path}: ${from}`;
  return `${path}: ${from} → ${to}`;
}

export const labelOf = ({ label }: ComparedDesign, isReference: boolean): string =>
  isReference ? `${label} (reference)` : label;

/** `B, C against A`. */
export function titleOf({ designs, reference }: Comparison): string {
  const others = designs.filter((_, at) => at !== reference);
  return `${others.map(({ label }) => label).join(', ')} against ${designs[reference].label}`;
}

/** The command that compares the same again. */
export function againText({ comparison, results }: Compared): string {
  const { designs, reference } = comparison;
  const [{ scenario, seed, runs }] = results;
  return [
    'headroom compare',
    ...designs.map(({ file }) => shellText(file)),
    ...designs.map(({ label }) => `--label ${shellText(label)}`),
    ...(reference === 0 ? [] : [`--reference ${reference + 1}`]),
    ...(scenario.sets ?? []).map((set) => `--set ${shellText(set)}`),
    `--seed ${seed}`,
    `--runs ${runs}`,
  ].join(' ');
}
