/**
 * Any healthy instance, with equal chance.
 *
 * Source: the definition. Cost: one draw, two where some instances are unhealthy.
 */
import type { Balancer, UniformSource } from './balancer.ts';
import { drawHealthy } from './healthy-draw.ts';

export const random =
  (_options: object, uniform: UniformSource): Balancer =>
  ({ inFlight, healthy }) =>
    drawHealthy(healthy, inFlight.length, uniform);
