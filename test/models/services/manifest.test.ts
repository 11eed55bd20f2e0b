import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/models/parse.ts';
import { parseKubernetesQuantity } from '../../../src/models/services/kubernetes-quantity.ts';
import { type manifestSchema, specOf } from '../../../src/models/services/manifest.ts';
import { problemsOf, scenarioOf } from '../harness.ts';

const scenario = (manifest: string, cpu = 'cpu: { cores: 2, request: 1 },') => `
name: test
workloads: { a: { arrivals: { rate: 1/s }, call: match.serve } }
services:
  match: { ${cpu} autoscale: { manifest: ${manifest} }, operations: { serve: [ { work: 1ms } ] } }`;

/** A HorizontalPodAutoscaler as a design document has it. */
const manifest = `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: agent-match-service-hpa
spec:
  minReplicas: 10  # Increased from 3
  maxReplicas: 100  # Increased from 20
  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 70
  - type: Pods
    pods:
      metric:
        name: requests_per_second
      target:
        type: AverageValue
        averageValue: "1000"  # Increased from 100
`;

const readFrom = (files: Record<string, string>) => (path: string) => files[path];

describe('a manifest of Kubernetes', () => {
  it('in a file of its own is what the autoscaler is told', () => {
    const files = { 'test.yaml': scenario('hpa.yaml'), 'hpa.yaml': manifest };
    const { scenario: parsed, problems } = parseScenario('test.yaml', readFrom(files));
    expect(problems).toEqual([]);
    const service = parsed?.design.entry<{
      autoscale: { manifest: ReturnType<typeof manifestSchema.parse> };
    }>('services', 'match');
    expect(service && specOf(service.autoscale.manifest)).toEqual({
      minReplicas: 10,
      maxReplicas: 100,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
        {
          type: 'Pods',
          pods: {
            metric: { name: 'requests_per_second' },
            target: { type: 'AverageValue', averageValue: 1000 },
          },
        },
      ],
    });
  });

  it('has its mistakes shown where they stand in that file', () => {
    const files = {
      'test.yaml': scenario('hpa.yaml'),
      'hpa.yaml': manifest.replace('name: cpu', 'name: memory'),
    };
    const { problems } = parseScenario('test.yaml', readFrom(files));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ file: 'hpa.yaml', line: 12 });
    expect(problems[0].message).toContain('memory');
  });

  const inline = (spec: string) =>
    scenario(`{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: { ${spec} } }`);

  it.each([
    ['External', '{ external: { metric: { name: queue }, target: { type: Value, value: "1" } } }'],
    ['Object', '{}'],
    ['ContainerResource', '{}'],
  ])('with a metric of type %s is refused: a simulation cannot see it', (type, rest) => {
    const metric = rest === '{}' ? `{ type: ${type} }` : `{ type: ${type}, ${rest.slice(1, -1)} }`;
    expect(problemsOf(inline(`maxReplicas: 3, metrics: [ ${metric} ]`))).toEqual([
      `metrics of type ${type} are not simulated`,
    ]);
  });

  it('with a metric that no pod has is refused by name', () => {
    const metric =
      '{ type: Pods, pods: { metric: { name: moods }, target: { type: AverageValue, averageValue: 1 } } }';
    const [message, ...more] = problemsOf(inline(`maxReplicas: 3, metrics: [ ${metric} ]`));
    expect(message).toContain('moods');
    expect(more).toEqual([]);
  });

  it('of another version or kind is refused', () => {
    expect(
      problemsOf(
        scenario('{ apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, spec: { maxReplicas: 3 } }'),
      ),
    ).toHaveLength(1);
    expect(
      problemsOf(scenario('{ apiVersion: autoscaling/v2, kind: Deployment, spec: { maxReplicas: 3 } }')),
    ).toHaveLength(1);
  });

  it('without metrics goes by cpu, and so needs cores', () => {
    expect(() => scenarioOf(inline('maxReplicas: 3'))).not.toThrow();
    const [message] = problemsOf(inline('maxReplicas: 3').replace('cpu: { cores: 2, request: 1 },', ''));
    expect(message).toBe('the autoscaler goes by the use of cores, and the service has none');
  });

  it('with more instances at least than at most is refused', () => {
    expect(problemsOf(inline('minReplicas: 4, maxReplicas: 3'))).toEqual([
      'minReplicas is 4, above maxReplicas, which is 3',
    ]);
  });

  it('may say how fast it scales', () => {
    const behavior =
      'behavior: { scaleDown: { stabilizationWindowSeconds: 60, policies: [ { type: Percent, value: 10, periodSeconds: 60 } ] } }';
    expect(problemsOf(inline(`maxReplicas: 3, ${behavior}`))).toEqual([]);
    expect(problemsOf(inline(`maxReplicas: 3, ${behavior.replace('Percent', 'Percents')}`))).toHaveLength(1);
  });
});

describe('a quantity of Kubernetes', () => {
  it.each([
    ['1000', 1000],
    ['500m', 0.5],
    ['1k', 1000],
    ['1Ki', 1024],
    ['1e3', 1000],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['100u', 1e-4],
  ])('%s is %f', (text, value) => {
    expect(parseKubernetesQuantity(text)).toBeCloseTo(value, 12);
  });

  it.each(['', 'm', '1 k', '1kk', '1KiB', 'one', '1e', '--1', '1x'])('%j is none', (text) => {
    expect(parseKubernetesQuantity(text)).toBeUndefined();
  });
});
