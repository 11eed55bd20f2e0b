import type { FaultResult, MetricResult, PhaseResult, Result } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Names } from './names.ts';

/** Phases of the way back from a fault in their usual order, as people call them. */
export const phaseWords: Readonly<Record<PhaseResult['name'], string>> = {
  detect: 'detect',
  decide: 'decide',
  dns: 'DNS',
  routes: 'routes',
  promote: 'promote',
  hang: 'callers hang',
  catchUp: 'catch up',
  ramp: 'weights back',
  failBack: 'callers back',
  warmUp: 'warm up',
  drain: 'drain',
};

/** How long each phase of a fault took that came: the median over runs, and the longest where that is another. */
export function phaseTexts(fault: FaultResult, { metrics }: Result): string[] {
  return (Object.keys(phaseWords) as PhaseResult['name'][]).flatMap((name) => {
    const metric = metrics[`faults.${fault.name}.${name}`];
    return metric === undefined || metric.data === 'none' ? [] : [`${phaseWords[name]} ${timesText(metric)}`];
  });
}

/** Callers who had not come back in the end, one line each: how many in the mean of all runs, where they are, and why. */
export const awayTexts = (fault: FaultResult, { metrics }: Result): string[] =>
  (fault.away ?? []).map(({ home, origin, returned, to, why, workload }) => {
    const path = `faults.${fault.name}.workload.${workload}${origin === undefined ? '' : `.from.${origin}`}`;
    const share = metrics[`${path}.returned`]?.value ?? returned;
    const away = formatQuantity(1 - share, 'ratio', { digits: 2 });
    const who = origin === undefined ? workload : `${workload} from ${origin}`;
    return `${home} is back, but ${away} of ${who} still go to ${to}: ${why}`;
  });

/** Faults that were felt at the same time, in the first run: what callers felt then is in the times of each. */
export function togetherText(fault: FaultResult, { faults }: Result): string | undefined {
  const endOf = ({ recoveredAt = Number.POSITIVE_INFINITY }: FaultResult) => recoveredAt;
  const isFelt = (each: FaultResult) => each.occurrences === undefined && endOf(each) > each.at;
  const others = faults.filter(
    (other) =>
      other.name !== fault.name && isFelt(other) && other.at < endOf(fault) && fault.at < endOf(other),
  );
  if (!isFelt(fault) || others.length === 0) return undefined;
  return `felt together with ${others.map(({ name }) => name).join(', ')}: whose part is whose is not known, and all of it is counted for each`;
}

/** The median over runs, and the longest where they differ; a run that ended before says so. */
export function timesText({ runs, value }: MetricResult): string {
  const seen = runs.filter(({ n }) => n > 0);
  const censored = seen.filter(({ censored }) => censored).length;
  if (censored > 0) return seen.length === 1 ? 'not over' : `not over in ${censored} of ${seen.length} runs`;
  const longest = Math.max(...seen.map(({ num }) => num ?? Number.POSITIVE_INFINITY));
  const median = durationText(value ?? Number.POSITIVE_INFINITY);
  return longest === value ? median : `${median}, worst ${durationText(longest)}`;
}

const durationText = (seconds: number): string =>
  seconds === 0 ? 'at once' : formatQuantity(seconds, 'duration');

/** Who was the last in a phase: `databases.trades`, `shard 3` → `trades shard 3`. */
export const lastText = ({ last, parts }: PhaseResult, names: Names): string =>
  [
    parts > 1 ? `the last of ${parts}:` : '',
    last.component.includes('.') ? names.of(last.component) : '',
    last.part ?? '',
  ]
    .filter(Boolean)
    .join(' ');
