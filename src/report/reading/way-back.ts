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
  catchUp: 'catch up',
  ramp: 'ramp up',
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
