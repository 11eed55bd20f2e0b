import { z } from 'zod';
import { quantity } from '../../../units/index.ts';

const presetNames = [
  'raft',
  'patroni',
  'rds-multi-az',
  'rds-multi-az-cluster',
  'aurora',
  'aurora-global',
] as const;

export const failoverSchema = z
  .strictObject({
    preset: z
      .enum(presetNames)
      .optional()
      .describe(
        'Timings as published. raft (etcd): 1 to 2 s and a vote, beside mode: quorum. patroni: outage 25 to 40 s. rds-multi-az: 60 to 120 s. rds-multi-az-cluster: under 35 s. aurora: under 60 s, often under 30 s. aurora-global: minutes.',
      ),
    interval: quantity('duration', {
      positive: true,
      about: 'How often it is looked whether the primary can be reached. Default: 10s.',
    }).optional(),
    failures: quantity('count', {
      integer: true,
      min: 1,
      about: 'Looks in a row that must fail before somebody else is made primary. Default: 3.',
    }).optional(),
    decision: quantity('duration', {
      default: '0s',
      about:
        'From finding a primary dead until it is decided to make somebody else primary. Default: none, nobody is asked; people need minutes.',
    }),
    promote: quantity('duration', {
      about:
        'From the decision until callers know the new primary; longer where it has still to apply what it received. Default: 30s.',
    }).optional(),
    candidates: z
      .enum(['least-lag', 'region-order'])
      .default('least-lag')
      .describe(
        'Which replica is made primary, of those that can be reached. least-lag: the one that has received the most. region-order: one of the first region, as regions are listed.',
      ),
    fencing: z
      .enum(['lease', 'none'])
      .default('lease')
      .describe(
        'Whether an old primary that lives on stops. lease: it accepts nothing once it has not been able to renew its lease, interval × failures long. none: it goes on, for all who can reach only it.',
      ),
    unit: z.enum(['shard']).default('shard').describe('What fails over by itself: each shard.'),
    rewind: quantity('duration', {
      default: '10s',
      about:
        'Time until a primary of old, which has written what nobody else has, is ready to follow the new one.',
    }),
    catchUp: quantity('bandwidth', {
      positive: true,
      about:
        'At most so many bytes of the log a second go to a replica that is behind, or of the whole copy to one that has lost its data. Default: logThroughput.',
    }).optional(),
  })
  .describe('Who watches the primaries, and how another copy takes over from one that is lost.');

export type FailoverConfig = z.output<typeof failoverSchema>;

/** Times in seconds. */
export interface FailoverTimings {
  readonly interval: number;
  readonly failures: number;
  readonly decision: number;
  readonly promote: number;
}

/**
 * Timings by system. An outage lasts from (failures − 1) × interval + promote to failures × interval + promote, which lies
 * in what each system's documents say: etcd's raft.go and tuning.md (a follower stands for election once it has heard
 * nothing for one to two election timeouts of 1 s; a vote is a round trip, as is the first entry of a term, of 100 ms at
 * most; here one clock stands for all followers', whose soonest would be a little earlier); Patroni's
 * docs/dynamic_configuration.rst (loop_wait 10 s, ttl 30 s); the RDS user guide (Concepts.MultiAZSingleStandby: 60-120 s;
 * multi-az-db-clusters-concepts: under 35 s); the Aurora user guide (Concepts.AuroraHighAvailability: under 60 s, often
 * under 30 s; aurora-global-database-disaster-recovery: minutes). How an outage splits into detection and promotion is
 * published for Raft and Patroni only; for the others it is assumed.
 */
export const presets: Readonly<Record<(typeof presetNames)[number], Omit<FailoverTimings, 'decision'>>> = {
  raft: { interval: 1, failures: 2, promote: 0.2 },
  patroni: { interval: 10, failures: 3, promote: 5 },
  'rds-multi-az': { interval: 10, failures: 3, promote: 60 },
  'rds-multi-az-cluster': { interval: 5, failures: 3, promote: 15 },
  aurora: { interval: 5, failures: 2, promote: 20 },
  'aurora-global': { interval: 60, failures: 2, promote: 60 },
};

const defaults: Omit<FailoverTimings, 'decision'> = { interval: 10, failures: 3, promote: 30 };

export function timingsOf({
  preset,
  interval,
  failures,
  decision,
  promote,
}: FailoverConfig): FailoverTimings {
  const base = preset === undefined ? defaults : presets[preset];
  return {
    interval: interval ?? base.interval,
    failures: failures ?? base.failures,
    decision,
    promote: promote ?? base.promote,
  };
}
