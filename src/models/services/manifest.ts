import { z } from 'zod';
import { quantity } from '../../units/index.ts';
import type { HpaMetric, HpaSpec } from '../algorithms/scaling/hpa-spec.ts';
import { kubernetesQuantity } from './kubernetes-quantity.ts';

/** Names under which exporters give the requests that a pod gets a second. */
export const requestMetrics = ['requests_per_second', 'http_requests_per_second'] as const;

const whole = (min: number, about: string, max?: number) =>
  quantity('count', { integer: true, min, ...(max === undefined ? {} : { max }), about });

const averageValue = z.strictObject({
  type: z.literal('AverageValue').describe('An amount for each pod.'),
  averageValue: kubernetesQuantity('Target for each pod, in the metric’s unit: "1000", "500m".'),
});

const utilization = z.strictObject({
  type: z.literal('Utilization').describe('A share of what pods request.'),
  averageUtilization: whole(1, 'Percent of the request.'),
});

const resourceMetric = z.strictObject({
  type: z.literal('Resource').describe('What pods use of a resource.'),
  resource: z.strictObject({
    name: z.enum(['cpu']).describe('Memory is not simulated.'),
    target: z.discriminatedUnion('type', [utilization, averageValue]),
  }),
});

const podsMetric = z.strictObject({
  type: z.literal('Pods').describe('What pods say of themselves.'),
  pods: z.strictObject({
    metric: z.strictObject({ name: z.enum(requestMetrics).describe('Requests that reach a pod, a second.') }),
    target: z.discriminatedUnion('type', [averageValue]),
  }),
});

/** Types of metrics that Kubernetes has and a simulation cannot see. */
const unseen = ['Object', 'External', 'ContainerResource'] as const;
const unseenMetric = z.looseObject({ type: z.enum(unseen) }).check((context) => {
  context.issues.push({
    code: 'custom',
    message: `metrics of type ${context.value.type} are not simulated`,
    params: { expected: 'Resource (cpu) or Pods (requests_per_second)' },
    path: ['type'],
    input: context.value.type,
  });
});

const rules = (about: string) =>
  z
    .strictObject({
      stabilizationWindowSeconds: whole(
        0,
        'Seconds over which recommendations are remembered.',
        3600,
      ).optional(),
      selectPolicy: z.enum(['Max', 'Min', 'Disabled']).optional().describe('Which policy wins.'),
      policies: z
        .array(
          z.strictObject({
            type: z.enum(['Pods', 'Percent']).describe('What value is.'),
            value: whole(1, 'Pods, or percent of the replicas at the start of the period.'),
            periodSeconds: whole(1, 'Seconds for which the policy must hold.', 1800),
          }),
        )
        .optional()
        .describe('How far it may go within a time. Default: as Kubernetes has it.'),
    })
    .describe(about);

/** The manifest of a HorizontalPodAutoscaler, with what a simulation takes from it. */
export const manifestSchema = z.strictObject({
  apiVersion: z.literal('autoscaling/v2').describe('autoscaling/v2'),
  kind: z.literal('HorizontalPodAutoscaler').describe('HorizontalPodAutoscaler'),
  metadata: z
    .looseObject({ name: z.string().optional().describe('Not looked at.') })
    .optional()
    .describe('Not looked at.'),
  spec: z
    .strictObject({
      scaleTargetRef: z
        .looseObject({})
        .optional()
        .describe('Not looked at: it scales the service it stands in.'),
      minReplicas: whole(1, 'Instances in each region at least. Default: 1.').optional(),
      maxReplicas: whole(1, 'Instances in each region at most.'),
      metrics: z
        .array(z.discriminatedUnion('type', [resourceMetric, podsMetric, unseenMetric]))
        .optional()
        .describe('The largest answer wins. Default: 80% of the CPU request.'),
      behavior: z
        .strictObject({
          scaleUp: rules('How fast it adds instances.').optional(),
          scaleDown: rules('How fast it lets instances go.').optional(),
        })
        .optional()
        .describe('How fast it scales. Default: as Kubernetes has it.'),
    })
    .describe('What it is told.'),
  status: z.unknown().optional().describe('Not looked at.'),
});

export type Manifest = z.output<typeof manifestSchema>;

/** What the autoscaler is told. */
export function specOf({ spec }: Manifest): HpaSpec {
  const { minReplicas, maxReplicas, metrics, behavior } = spec;
  return {
    ...(minReplicas === undefined ? {} : { minReplicas }),
    maxReplicas,
    // The schema lets nothing else through.
    ...(metrics === undefined ? {} : { metrics: metrics as readonly HpaMetric[] }),
    ...(behavior === undefined ? {} : { behavior }),
  };
}
