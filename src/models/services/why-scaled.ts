import { formatQuantity } from '../../units/index.ts';
import type { HpaReasons } from '../algorithms/scaling/hpa.ts';
import type { HpaMetric } from '../algorithms/scaling/hpa-spec.ts';

/** What an autoscaler went by, in words: `cpu 78% of 70%`: the metric that asks for most. */
export function whyScaled(metrics: readonly HpaMetric[], { proposals, rescale }: HpaReasons): string {
  let most = -1;
  let why = rescale ?? 'no change';
  proposals.forEach((proposal, index) => {
    if ('failure' in proposal || proposal.replicas <= most) return;
    most = proposal.replicas;
    why = metricInWords(metrics[index], proposal.current);
  });
  return why;
}

/** @param current whole percents under a utilization target, else thousandths for each pod */
function metricInWords(metric: HpaMetric, current: number): string {
  if (metric.type === 'Pods') {
    const { metric: named, target } = metric.pods;
    return `${named.name} ${amount(current / 1000)} of ${amount(target.averageValue)}`;
  }
  const { name, target } = metric.resource;
  return target.type === 'Utilization'
    ? `${name} ${current}% of ${target.averageUtilization}%`
    : `${name} ${amount(current / 1000)} of ${amount(target.averageValue)} cores`;
}

const amount = (value: number): string => formatQuantity(value, 'count');
