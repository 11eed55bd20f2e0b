import { batches } from './batches/index.ts';
import { caches } from './caches/index.ts';
import { clusters } from './clusters/index.ts';
import { consumers } from './consumers/index.ts';
import { controlSteps } from './control/index.ts';
import { databases } from './databases/index.ts';
import { registerFaults } from './fault.ts';
import { faultsOf } from './faults/index.ts';
import { network } from './geography/network.ts';
import { origins, regions } from './geography/regions.ts';
import { keys } from './keys/index.ts';
import type { Kind } from './kind.ts';
import { registerKinds } from './load.ts';
import { monitoring } from './monitoring/index.ts';
import { pools } from './pools/index.ts';
import { prices } from './prices/index.ts';
import { routing } from './routing/index.ts';
import { services } from './services/index.ts';
import type { StepDefinition } from './step.ts';
import { registerVerbs } from './steps.ts';
import { registerStops } from './stopped-by.ts';
import { topics } from './topics/index.ts';
import { workloads } from './workloads/index.ts';
import { yearly } from './yearly/index.ts';

/** Places whose round trips are known, for whoever asks where something is to stand. */

/** What a design is made of. Adding a kind is a line here. */
const parts: readonly Kind[] = [
  regions,
  origins,
  network,
  prices,
  keys,
  routing,
  monitoring,
  pools,
  clusters,
  topics,
  databases,
  caches,
  batches,
  services,
  consumers,
  workloads,
];

const faults = parts.flatMap((kind) => kind.faults ?? []);

/** All kinds, in the order in which their components are built, connected and started. */
export const kinds: readonly Kind[] = [...parts, faultsOf(parts), yearly];

export const verbs: readonly StepDefinition[] = [
  ...controlSteps,
  ...kinds.flatMap((kind) => kind.steps ?? []),
];

registerVerbs(verbs);
registerFaults(faults);
registerKinds(kinds);
registerStops(kinds);
