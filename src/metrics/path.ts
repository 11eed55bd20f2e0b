/** Section and name of what an id or a path belongs to: `databases.main` of `databases.main.shards.3.share`. */
export const ownerOf = (path: string): string => path.split('.').slice(0, 2).join('.');

/** A metric with its view split off: `latency.p99` is `latency` and `p99`. */
export function splitView(metric: string): { metric: string; view: string } {
  const [name, view = ''] = metric.split('.');
  return { metric: name, view };
}

/** The path of what a meter's id belongs to: `workloads.trades.from.US` of `workloads.trades.from.US.latency`. */
export const scopeOf = (meter: string): string => meter.slice(0, Math.max(0, meter.lastIndexOf('.')));
