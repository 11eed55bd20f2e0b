import { constant, type Distribution, lognormal } from '../../sim/distributions/index.ts';
import type { Assumption } from '../kind.ts';
import type { DatabaseConfig } from './config.ts';
import { outboxAssumptions } from './outbox/defaults.ts';
import { partitionAssumptions } from './partitions/defaults.ts';
import type { Uses } from './uses.ts';

/** All that a database's nodes need to know, with nothing left open. Times in seconds, sizes in bytes. */
export interface DatabaseSettings {
  readonly read: Distribution;
  readonly write: Distribution;
  readonly scan: Distribution;
  readonly commit: Distribution;
  readonly apply: Distribution;
  /** Of a replica's own log; null where replicas apply at once what they receive. */
  readonly replicaFlush: Distribution | null;
  /** Core time of each further row of a statement. */
  readonly writeRow: number;
  /** What each further row lengthens a flush by. */
  readonly flushRow: number;
  /** Bytes a second. */
  readonly logThroughput: number;
  /** Bytes of the log that are kept for a replica out of reach. */
  readonly keepLog: number;
  /** Executions at once, a node. */
  readonly cores: number;
  readonly maxConnections: number;
  readonly rowSize: number;
  readonly storage: number;
}

/** What is taken where the author says nothing, and where that comes from. The sources give means. */
const defaults = {
  read: {
    about: 'core time of a read',
    value: lognormal(30e-6, 1),
    text: 'lognormal, mean 30 µs, cv 1',
    source:
      'pgbench read-only on Azure D8s_v5, all in memory: 263,000/s on 8 vCPUs (AzurePublicDataset, vm-noise-data)',
  },
  write: {
    about: 'core time of a write',
    value: lognormal(0.17e-3, 0.5),
    text: 'lognormal, mean 0.17 ms, cv 0.5',
    source:
      'pgbench TPC-B, as for reads: 9,513/s of five statements each on 8 vCPUs (AzurePublicDataset, vm-noise-data)',
  },
  scan: {
    about: 'core time of a scan on each shard',
    value: lognormal(10e-3, 1),
    text: 'lognormal, mean 10 ms, cv 1',
    source:
      'assumed: a thousand rows at 10 µs (COPY moved 72,000-109,000 rows/s, PostgreSQL 15.18, measured)',
  },
  commit: {
    about: 'time of a flush',
    value: lognormal(2.6e-3, 0.5),
    text: 'lognormal, mean 2.6 ms, cv 0.5',
    source: 'flush of an EBS gp3 volume under load, measured by a vendor (klite.dev stress test; secondary)',
  },
  apply: {
    about: 'time to apply a write on a replica',
    value: constant(84e-6),
    text: '84 µs',
    source:
      'at most what a one-row insert with two indexes took without its flush (PostgreSQL 15.18, measured)',
  },
} as const;

const plainDefaults = {
  maxConnections: {
    about: 'connections that a node takes',
    value: 100,
    text: '100',
    source: 'PostgreSQL’s max_connections',
  },
  writeRow: {
    about: 'core time of each further row of a write',
    value: 8e-6,
    text: '8 µs',
    source:
      'multi-row inserts of 200-byte rows with two indexes: 0.075 ms + 8 µs a row (PostgreSQL 15.18, measured)',
  },
  logThroughput: {
    about: 'throughput of the disk with the log',
    value: 125 * 2 ** 20,
    text: '125 MiB/s',
    source: 'included with an EBS gp3 volume (ec2-user-guide, general-purpose.md)',
  },
  rowSize: { about: 'size of a row', value: 1024, text: '1 KiB', source: 'assumed' },
  storage: { about: 'storage of a node', value: 100e9, text: '100 GB', source: 'assumed' },
} as const;

/** Bytes of the log beside a row's own: headers, and the entries of two indexes. With it B4's multi-row inserts fit. */
const logOverhead = 200;

/** What a node is when the author says neither class nor cores. */
const defaultClass = 'db.r6g.large';

/** The class of the nodes; undefined where only cores are given. */
export const classOf = (config: DatabaseConfig): string | undefined =>
  config.class ?? (config.cpu === undefined ? defaultClass : undefined);

/** vCPUs of an instance class by AWS' sizes: large has 2, xlarge 4, 2xlarge 8 …; undefined for other words. */
export function coresOfClass(name: string): number | undefined {
  const size = /\.(?:micro|small|medium|large|(\d*)(xlarge))$/.exec(name);
  if (size === null) return undefined;
  return size[2] === undefined ? 2 : 4 * Number(size[1] || 1);
}

/** PostgreSQL keeps all unless it is told; a disk that is full of log is worse than a replica that is copied anew. */
const keptLog = 10e9;

/** @param waits whether some write waits for replicas: then they flush before they apply */
export function settingsOf(config: DatabaseConfig, { waits }: Pick<Uses, 'waits'>): DatabaseSettings {
  const rowSize = config.rowSize ?? plainDefaults.rowSize.value;
  const logThroughput = config.logThroughput ?? plainDefaults.logThroughput.value;
  const commit = config.commit ?? defaults.commit.value;
  return {
    read: config.read ?? defaults.read.value,
    write: config.write ?? defaults.write.value,
    scan: config.scan ?? defaults.scan.value,
    commit,
    apply: config.replication.apply ?? defaults.apply.value,
    cores: config.cpu ?? coresOfClass(classOf(config) ?? '') ?? 1,
    maxConnections: config.maxConnections ?? plainDefaults.maxConnections.value,
    replicaFlush: config.replication.flush ?? (waits ? commit : null),
    writeRow: config.writeRow ?? plainDefaults.writeRow.value,
    flushRow: (rowSize + logOverhead) / logThroughput,
    logThroughput,
    rowSize,
    keepLog: config.replication.keepLog ?? keptLog,
    // A table partitioned by date says itself what it keeps.
    storage: config.storage ?? (config.tablePartitions === undefined ? plainDefaults.storage.value : 0),
  };
}

/** What the scenario leaves open, with what Headroom takes in its place. */
export function databaseAssumptions(
  name: string,
  config: DatabaseConfig,
  uses: Uses,
  canFail: boolean,
): Assumption[] {
  const { reads, writes, scans, replicas } = uses;
  const assumptions: Assumption[] = [];
  const assume = (isOpen: boolean, about: string, value: string, source: string) => {
    if (isOpen) assumptions.push({ about: `databases.${name}: ${about}`, value, source });
  };
  const assumeTime = (
    isOpen: boolean,
    { about, value, text, source }: (typeof defaults)[keyof typeof defaults],
  ) => assume(isOpen, about, text, value.cv > 0 ? `${source}; cv assumed` : source);
  // First, since it may be most of a recovery time.
  assume(
    canFail && config.client.connectTimeout === undefined && config.client.tcpUserTimeout === undefined,
    'how long its callers wait for a node that does not answer',
    '127 s for a connection, about 925 s on an open one',
    'Linux’s TCP (tcp_syn_retries 6, tcp_retries2 15); drivers have connectTimeout and tcp_user_timeout',
  );
  assumeTime(config.read === undefined && reads, defaults.read);
  assumeTime(config.write === undefined && writes, defaults.write);
  assumeTime(config.scan === undefined && scans, defaults.scan);
  assumeTime(config.commit === undefined && writes, defaults.commit);
  assumeTime(config.replication.apply === undefined && writes && replicas, defaults.apply);
  const isOpen = config.class === undefined && config.cpu === undefined;
  assume(isOpen, 'nodes', `${defaultClass}, ${coresOfClass(defaultClass)} vCPUs`, 'assumed');
  for (const name of ['maxConnections', 'rowSize', 'storage'] as const) {
    const { about, text, source } = plainDefaults[name];
    const isTold = name === 'storage' && config.tablePartitions !== undefined;
    assume(config[name] === undefined && !isTold, about, text, source);
  }
  if (uses.outboxes.size > 0) assumptions.push(...outboxAssumptions(name, config.outbox));
  if (config.tablePartitions !== undefined)
    assumptions.push(...partitionAssumptions(name, config.tablePartitions));
  return assumptions;
}
