import { resolveHpaSpec } from '../algorithms/scaling/hpa-spec.ts';
import type { Finding } from '../kind.ts';
import type { ServiceConfig } from './config.ts';
import { specOf } from './manifest.ts';

const manifest = ['autoscale', 'manifest'];

/** What the schema of an autoscaler cannot see. */
export function checkAutoscale({ autoscale, cpu }: ServiceConfig): Finding[] {
  if (autoscale === undefined) return [];
  const findings: Finding[] = [];
  const { minReplicas, maxReplicas, metrics } = resolveHpaSpec(specOf(autoscale.manifest));
  if (minReplicas > maxReplicas) {
    findings.push({
      path: [...manifest, 'spec', 'minReplicas'],
      message: `minReplicas is ${minReplicas}, above maxReplicas, which is ${maxReplicas}`,
      expected: `at most ${maxReplicas}`,
    });
  }
  const cpuMetric = metrics.findIndex(({ type }) => type === 'Resource');
  if (cpuMetric >= 0 && cpu === undefined) {
    const isGiven = autoscale.manifest.spec.metrics !== undefined;
    findings.push({
      path: isGiven ? [...manifest, 'spec', 'metrics', cpuMetric] : [...manifest, 'spec'],
      message: 'the autoscaler goes by the use of cores, and the service has none',
      expected: 'cpu beside autoscale',
      hint: 'cpu: { cores: 2, request: 1 }',
    });
  }
  return findings;
}
