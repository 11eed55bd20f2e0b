import { mayGoTo } from '../contracts/residency.ts';
import { defineKind } from '../kind.ts';
import { assumptions } from './assumptions.ts';
import { checkBursts } from './bursts.ts';
import { checkComingBack } from './coming-back.ts';
import { callsPerArrival, type WorkloadConfig, workloadSchema } from './config.ts';
import { hotKey, surge } from './faults.ts';
import { loadProfile } from './load-profile.ts';
import { workloadFamilies, workloadScopes } from './metrics.ts';
import { WorkloadModel } from './model.ts';
import { checkResidency } from './residency.ts';

/** Whether the calls are one Poisson process of constant rate. */
const isPoisson = ({ arrivals, client, session }: WorkloadConfig): boolean =>
  arrivals.process === 'poisson' &&
  arrivals.profile.shape === 'flat' &&
  session === undefined &&
  client.timeout === undefined &&
  client.retries === undefined;

/** Whether the same callers come in each run, with the same quiet and busy times. */
const isRecorded = ({ process }: WorkloadConfig['arrivals']): boolean =>
  typeof process === 'object' && process.verb === 'trace';

export const workloads = defineKind<WorkloadConfig>({
  section: 'workloads',
  noun: 'workload',
  about: 'Callers outside: how often they come, from where, with which keys, and what they call.',
  shape: 'named',
  schema: workloadSchema as never,
  faults: [surge, hotKey],
  files: ['arrivals.process.trace'],
  families: workloadFamilies,
  scopes: (name, config) => workloadScopes(name, config),
  check: (_name, config, design) => [
    ...checkBursts(config.arrivals),
    ...checkResidency(config, design),
    ...checkComingBack(config, design),
  ],
  assumptions,
  demand: (_name, config) => {
    const { rateAt } = loadProfile(config.arrivals.rate, config.arrivals.profile);
    const calls = callsPerArrival(config);
    return (instant) => rateAt(instant) * calls;
  },
  loadFactor: (_name, { arrivals }) => ({ path: ['arrivals', 'factor'], value: arrivals.factor }),
  varies: (_name, { arrivals }) => arrivals.profile.shape !== 'flat' || isRecorded(arrivals),
  traffic: (_name, config) => {
    const { rateAt } = loadProfile(config.arrivals.rate, config.arrivals.profile);
    const callsPerCaller = callsPerArrival(config);
    return {
      call: config.call.name,
      ...(config.session?.open === undefined ? {} : { opens: config.session.open.name }),
      keys: config.keys.map((key) => key.name),
      ...(config.residency === undefined
        ? {}
        : { mayGoTo: (region: string) => mayGoTo(config.residency, region) }),
      ...(config.from === undefined ? {} : { from: config.from }),
      callsPerCaller,
      ...(isPoisson(config) ? { poissonRate: config.arrivals.rate } : {}),
      rateAt: (instant) => rateAt(instant) * callsPerCaller,
    };
  },
  build: (name, config, wiring) => new WorkloadModel(name, config, wiring),
});
