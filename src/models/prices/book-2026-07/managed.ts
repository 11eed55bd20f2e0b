/** Managed services and the rest, in us-east-1. Sources: infracost's goldens (repository of 2026-08-21), by file. */
import type { PriceUnit } from '../../contracts/price-book.ts';
import type { ByClass, Figure, Listed } from '../book.ts';

const read = (value: number, golden: string): Figure => ({
  value,
  confidence: 'S',
  source: `infracost ${golden}`,
});
const remembered = (value: number): Figure => ({
  value,
  confidence: 'R',
  source: 'unverified, about 2024',
});

const databases = 'db_instance_test.golden';
const aurora = 'rds_cluster tests’ goldens';
const caches = 'elasticache goldens';
const brokers = 'msk_cluster_test.golden';

/** `*` is the class. */
export const classes: Readonly<Record<string, ByClass>> = {
  'db.* instance': {
    'm5.large': read(0.171, databases),
    't3.large': read(0.145, databases),
    'm6i.large': remembered(0.178),
    'r6g.large': remembered(0.225),
    'm7g.large': remembered(0.168),
  },
  'aurora db.* instance': {
    'r4.large': read(0.29, aurora),
    'r4.8xlarge': read(4.64, aurora),
    't3.medium': read(0.082, aurora),
    'r6g.large': remembered(0.26),
    'r6i.large': remembered(0.29),
  },
  'cache.* node': {
    'm6g.large': read(0.149, caches),
    'm6g.12xlarge': read(3.557, caches),
    'r5.4xlarge': read(1.724, caches),
    'm4.large': read(0.156, caches),
    'r7g.large': remembered(0.219),
    'm7g.large': remembered(0.158),
  },
  'kafka.* broker': {
    'm5.24xlarge': read(10.08, brokers),
    't3.small': read(0.0456, brokers),
    'm7g.large': remembered(0.204),
  },
};

/** RDS with a standby in another zone is sold at twice the price. */
export const doubled: Readonly<Record<string, string>> = { 'db.* multi-AZ instance': 'db.* instance' };

export const bareClass: Readonly<Record<string, string>> = {
  'db.': ' instance',
  'cache.': ' node',
  'kafka.': ' broker',
};

const objects = 's3_bucket_test.golden';

const listedAs = (unit: PriceUnit, figure: Figure, isGlobal = false): Listed => ({
  ...figure,
  unit,
  isGlobal,
});
const network = 'goldens of network resources';
const route53 = 'route53 goldens';
const volumes = 'ebs_volume_test.golden';

export const listed: Readonly<Record<string, Listed>> = {
  'database storage': listedAs('month', read(0.115, databases)),
  'database multi-AZ storage': listedAs('month', read(0.23, databases)),
  'database backup': listedAs('month', read(0.095, databases)),
  'aurora storage': listedAs('month', read(0.1, aurora)),
  'aurora backup': listedAs('month', read(0.021, aurora)),
  'aurora I/O': listedAs('each', read(0.2, aurora)),
  'aurora capacity unit': listedAs('hour', read(0.12, aurora)),
  'cache memory': listedAs('hour', {
    value: 0.219 / 14.03,
    confidence: 'R',
    source: 'cache.r7g.large with 14 GB for data, unverified, about 2024',
  }),
  'kafka storage': listedAs('month', read(0.1, brokers)),
  'kafka replicator': listedAs('hour', remembered(0.3)),
  'kafka replicator transfer': listedAs('each', remembered(0.08)),
  'gp3 storage': listedAs('month', read(0.08, volumes)),
  'gp3 IOPS': listedAs('month', read(0.005, volumes)),
  'gp3 throughput': listedAs('month', read(0.04, volumes)),
  'gp2 storage': listedAs('month', read(0.1, volumes)),
  'io2 storage': listedAs('month', read(0.125, volumes)),
  'io2 IOPS': listedAs('month', read(0.065, volumes)),
  'st1 storage': listedAs('month', read(0.045, volumes)),
  'S3 Standard storage': listedAs('month', read(0.023, objects)),
  'S3 Standard requests': listedAs('each', read(0.4, objects)),
  'S3 Standard retrieval': listedAs('each', read(0, objects)),
  'S3 Standard-IA storage': listedAs('month', read(0.0125, objects)),
  'S3 Standard-IA requests': listedAs('each', read(1, objects)),
  'S3 Standard-IA retrieval': listedAs('each', read(0.01, objects)),
  'S3 Glacier Instant Retrieval storage': listedAs('month', remembered(0.004)),
  'S3 Glacier Instant Retrieval requests': listedAs('each', remembered(10)),
  'S3 Glacier Instant Retrieval retrieval': listedAs('each', remembered(0.03)),
  'load balancer': listedAs('hour', read(0.0225, network)),
  'load balancer LCU': listedAs('month', read(5.84, network)),
  'network load balancer LCU': listedAs('month', read(4.38, network)),
  'NAT gateway': listedAs('hour', read(0.045, network)),
  'NAT gateway transfer': listedAs('each', read(0.045, network)),
  'transit gateway attachment': listedAs('hour', read(0.05, network)),
  'transit gateway transfer': listedAs('each', read(0.02, network)),
  'interface endpoint': listedAs('hour', read(0.01, network)),
  'interface endpoint transfer': listedAs('each', read(0.01, network)),
  'kubernetes control plane': listedAs('hour', read(0.1, network)),
  'inter-zone transfer': listedAs('each', read(0.02, 'data_transfer_test.golden'), true),
  'global accelerator': listedAs('hour', read(0.025, network), true),
  'hosted zone': listedAs('month', read(0.5, route53), true),
  'health check': listedAs('month', read(0.5, route53), true),
  'standard queries': listedAs('each', read(0.4, route53), true),
  'latency queries': listedAs('each', read(0.6, route53), true),
  'geo queries': listedAs('each', read(0.7, route53), true),
};
