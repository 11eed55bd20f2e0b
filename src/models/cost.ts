/**
 * What a design costs, in two steps: a component gives rows that say how much of what it used (`costs()`), without a
 * price; the kind that is the price book puts a price on every row, hour and month, in one place.
 *
 * An `item` is looked up in the book together with the row's region. The book knows these, with any instance class and
 * size that it has (`m6i.xlarge`, `db.r6g.large`), and the unit that `quantity` must be in:
 *
 * | item                                            | unit            | quantity, mean over the measured window     |
 * | ----------------------------------------------- | --------------- | ------------------------------------------- |
 * | m6i.xlarge on-demand · reserved · spot          | nodes           | nodes that are paid for                     |
 * | db.r6g.large instance                           | instances       | RDS, in one zone                            |
 * | db.r6g.large multi-AZ instance                  | instances       | RDS with a standby that answers nobody      |
 * | aurora db.r6g.large instance                    | instances       | Aurora                                      |
 * | database storage · database backup              | GB              | GB (10⁹ bytes) kept, of RDS gp3             |
 * | database multi-AZ storage                       | GB              | the same, with a standby                    |
 * | aurora storage · aurora backup                  | GB              | GB kept                                     |
 * | aurora I/O                                      | million         | million requests an hour                    |
 * | cache.r7g.large node                            | nodes           | ElastiCache                                 |
 * | kafka.m7g.large broker                          | brokers         | MSK                                         |
 * | kafka storage                                   | GB              | GB kept, all copies counted                 |
 * | kafka replicator · kafka replicator transfer    | replicators, GB | MSK Replicator: there; GB an hour           |
 * | S3 Standard storage · Standard-IA · Glacier …   | GB              | GB kept                                     |
 * | S3 Standard requests · retrieval · …            | million, GB     | million GETs an hour; GB an hour            |
 * | gp3 storage · gp3 IOPS · gp3 throughput         | GB, IOPS, MB/s  | EBS; beyond the included for the last two   |
 * | load balancer · load balancer LCU               | …               | ALB or NLB; capacity units                  |
 * | kubernetes control plane · NAT gateway          | …               | there                                       |
 * | NAT gateway transfer                            | GB              | GB an hour                                  |
 * | hosted zone · health check                      | …               | Route 53: there                             |
 * | standard · latency · geo queries                | million         | Route 53: million an hour                   |
 * | global accelerator                              | accelerators    | there                                       |
 * | inter-zone transfer                             | GB              | GB an hour across zones, both ends charged  |
 * | internet transfer                               | GB              | GB an hour from the row's region to callers |
 * | cross-region transfer A → B (regions' names)    | GB              | GB an hour from the row's region A          |
 *
 * What stands in brackets behind an item (`database storage (hot)`) tells people what it is for. Any other item is priced
 * by `prices.override` or named as unpriced.
 */

/** How sure a price is: S primary source, D data set, B secondary page, R unverified, given: by the scenario. */
export type PriceConfidence = 'S' | 'D' | 'B' | 'R' | 'given';

/** One line of the bill. Components fill in what is used, the bill what it costs. */
export interface CostRow {
  /** Section and name: `pools.web`. */
  readonly component: string;
  /** What is paid for, in the words above: `m6i.xlarge spot`, `cross-region transfer us-east → eu-west`. */
  readonly item: string;
  /** Where: a region of the scenario. */
  readonly region?: string;
  /** Mean amount during the measured window: instances, GB an hour, million requests an hour. */
  readonly quantity: number;
  readonly unit: string;
  /**
   * How the month follows. `fixed`: the same amount at all hours. `measured`: the amount goes with the load, so it is
   * scaled by the month's operations over the window's. `extrapolated`: the component says what a month's mean would be.
   */
  readonly basis: 'fixed' | 'measured' | 'extrapolated';
  /** Mean amount over a month, where the component knows it better than `basis` does. */
  readonly monthQuantity?: number;
  /** What would be bought instead if all were bought on demand: the item, and its mean amount over a month. */
  readonly onDemand?: { readonly item: string; readonly monthQuantity: number };

  /** $ a unit and hour ($ a unit where the quantity is one an hour); absent where nobody knows: named, never zero. */
  readonly price?: number;
  /** Which of the two the price is. */
  readonly per?: 'hour' | 'each';
  readonly confidence?: PriceConfidence;
  readonly source?: string;
  /** $ an hour, as the run saw it. */
  readonly hour?: number;
  /** $ a month of 730 hours. */
  readonly month?: number;
  /** $ a month if the same were bought on demand at list price. */
  readonly monthOnDemand?: number;
}

/** What callers ask for, in operations an hour: in the measured window, and on the mean over a month. */
export interface BilledLoad {
  readonly operationsAnHour: number;
  readonly operationsAnHourOfMonth: number;
}
