/** A load with what it brings. */
export interface LoadedPoint {
  readonly factor: number;
  /** Operations a second. */
  readonly throughput: number;
  /** Mean, in seconds. */
  readonly latency: number;
}

/**
 * The knee of a latency curve: the load at which throughput over mean latency is largest (Kleinrock's "power", 1979), where a
 * straight line from the origin touches the curve. Before it, load costs little latency; behind it, latency grows faster
 * than the load. M/M/1 has it at half of its capacity.
 *
 * Differs: between the loads that were tried a parabola is laid through the best and its neighbours, over the logarithm of
 * the factor. Nothing where the best is the first or the last of them.
 *
 * @param points in the order of their factors
 */
export function kneeOf(points: readonly LoadedPoint[]): number | undefined {
  const power = points.map(({ throughput, latency }) => throughput / latency);
  const best = power.indexOf(Math.max(...power));
  if (best <= 0 || best >= points.length - 1) return undefined;
  const [left, middle, right] = [best - 1, best, best + 1].map((at) => ({
    x: Math.log(points[at].factor),
    y: Math.log(power[at]),
  }));
  const [toLeft, toRight] = [middle.x - left.x, middle.x - right.x];
  const [aboveRight, aboveLeft] = [middle.y - right.y, middle.y - left.y];
  const bend = toLeft * aboveRight - toRight * aboveLeft;
  if (bend === 0) return points[best].factor;
  return Math.exp(middle.x - (toLeft ** 2 * aboveRight - toRight ** 2 * aboveLeft) / (2 * bend));
}
