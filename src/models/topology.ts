/** A box of the drawn design, with its parts by region. */
export interface Topology {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  /** Regions where it stands, each with its instances or replicas and, where it has one, its utilization 0..1. */
  readonly regions: Record<string, { count: number; utilization?: number; role?: string }>;
  /** Ids of what it calls. */
  readonly calls: readonly string[];
  /** Shards or partitions with their share of the load. */
  readonly cells?: readonly { name: string; share: number }[];
}
