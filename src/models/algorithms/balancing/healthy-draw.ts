/**
 * A healthy instance, each with equal chance.
 *
 * Rule: one draw over all instances; if it falls on an unhealthy one, a second over the healthy. Cost:
 * constant while most are healthy, else one scan. −1 where none is.
 */
import { noInstance, type UniformSource } from './balancer.ts';

export function drawHealthy(healthy: ArrayLike<number>, count: number, random: UniformSource): number {
  if (count === 0) return noInstance;
  const first = Math.floor(random() * count);
  if (healthy[first]) return first;
  let healthyCount = 0;
  for (let index = 0; index < count; index++) if (healthy[index]) healthyCount++;
  if (healthyCount === 0) return noInstance;
  let skip = Math.floor(random() * healthyCount);
  for (let index = 0; ; index++) {
    if (healthy[index] && skip-- === 0) return index;
  }
}
