import { defineKind } from '../kind.ts';
import { busyAt } from './busy-at.ts';
import { call } from './call.ts';
import { serviceCapacities } from './capacities.ts';
import { checkService } from './check.ts';
import { serviceClosedForm } from './closed-form.ts';
import { operationOf, placements, type ServiceConfig, serviceSchema } from './config.ts';
import { badDeploy, instanceCrash, instanceSlow } from './faults.ts';
import { serviceLevers } from './levers.ts';
import { serviceFamilies, serviceScopes } from './metrics.ts';
import { ServiceModel } from './model.ts';
import { work } from './work.ts';

export const services = defineKind<ServiceConfig>({
  section: 'services',
  noun: 'service',
  about:
    'What does the work: instances in regions, with threads, cores, connections, and operations made of steps.',
  shape: 'named',
  schema: serviceSchema as never,
  steps: [work, call],
  faults: [badDeploy, instanceCrash, instanceSlow],
  files: ['autoscale.manifest'],
  families: serviceFamilies,
  scopes: (name, config, design) => serviceScopes(name, config, design.regions),
  phases: () => ['detect', 'hang', 'drain'],
  operations: (_name, config, design) => {
    const regions = placements(config, design.regions).map(({ region }) => region);
    const operations = Object.entries(config.operations);
    return Object.fromEntries(
      operations.map(([operation, each]) => [operation, { steps: operationOf(each).steps, regions }]),
    );
  },
  varies: (_name, { autoscale }) => autoscale !== undefined,
  busyAt,
  stoppedBy: (name, config, { regions }, { region, zone }) => {
    const stands = placements(config, regions).map((placement) => placement.region);
    const isAlone = zone === undefined && regions.length > 1 && stands.length === 1 && stands[0] === region;
    return isAlone ? [`services.${name} stands in ${region} alone: its calls are answered by nobody`] : [];
  },
  check: checkService,
  exact: (_name, config, operation, rate, design) =>
    serviceClosedForm(config, operation, rate, design.regions),
  capacities: (name, config, design) => serviceCapacities(name, config, design.regions),
  levers: (_name, config, design) => serviceLevers(config, design.regions),
  build: (name, config, wiring) => new ServiceModel(name, config, wiring),
});
