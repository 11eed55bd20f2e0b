import type { Reference } from '../../scenario/index.ts';
import type { BreakerConfig } from '../client/breaker-config.ts';
import type { ClientConfig } from '../client/config.ts';
import { walkSteps } from '../steps.ts';
import { operationOf, type ServiceConfig } from './config.ts';

export interface CallOptions extends ClientConfig {
  readonly operation: Reference;
  readonly circuitBreaker?: BreakerConfig;
}

/** Whether a call has policies of its own; one that has none is made and waited for, and that is all. */
export const isGuarded = (call: CallOptions): boolean =>
  call.timeout !== undefined ||
  call.retries !== undefined ||
  call.circuitBreaker !== undefined ||
  call.deadline !== 'none' ||
  call.cancel !== 'none';

/** `back` of `back.y`. */
export const calleeOf = ({ operation }: CallOptions): string => operation.name.split('.')[0];

/** The services that calls with policies go to, each once. */
export function guardedCalls({ operations }: ServiceConfig): { callee: string; hasBreaker: boolean }[] {
  const callees = new Map<string, boolean>();
  for (const operation of Object.values(operations)) {
    for (const { step } of walkSteps(operationOf(operation).steps)) {
      if (step.verb !== 'call' || !isGuarded(step.options)) continue;
      const callee = calleeOf(step.options);
      const hasBreaker = step.options.circuitBreaker !== undefined;
      callees.set(callee, hasBreaker || callees.get(callee) === true);
    }
  }
  return [...callees].map(([callee, hasBreaker]) => ({ callee, hasBreaker }));
}
