import { type Reference, reference } from '../../scenario/index.ts';
import { quantity } from '../../units/index.ts';
import { servicesSection } from '../contracts/service.ts';
import type { Design } from '../design.ts';
import { defineFault } from '../fault.ts';
import type { Finding } from '../kind.ts';
import {
  type Choice,
  checkChoice,
  choiceShape,
  chosenInstances,
  mayTakeAll,
  readyPopulation,
} from './chosen-instances.ts';
import { placements, type ServiceConfig } from './config.ts';
import { BadDeploy } from './deploy.ts';
import type { ServiceModel } from './model.ts';

export const instanceCrash = defineFault<Choice>({
  fault: 'instance-crash',
  about:
    'Instances die, with all that is under way in them and in their memory. Each is started again on its node as Kubernetes does it: at once, and later each time it dies again within ten minutes; it is ready after the service’s startup. With `for`, only when that is over.',
  shape: choiceShape,
  lasts: 'may',
  heals: true,
  population: readyPopulation,
  failsChecks: mayTakeAll,
  check: checkChoice,
  begin: (choice, context) => {
    const chosen = chosenInstances(choice, context);
    const isHeld = context.length !== undefined;
    for (const { fleet, member } of chosen) fleet.kill(member, isHeld);
    if (!isHeld) return undefined;
    return () => {
      for (const { member } of chosen) member.startAgain();
    };
  },
});

interface SlowOptions extends Choice {
  readonly factor: number;
}

export const instanceSlow = defineFault<SlowOptions>({
  fault: 'instance-slow',
  about:
    'Instances compute slower: what begins meanwhile takes a factor more time of a core. They are not noticed: the balancer goes by requests under way.',
  shape: {
    ...choiceShape,
    factor: quantity('factor', { min: 1, about: 'How much longer a computation takes.' }),
  },
  lasts: 'may',
  population: readyPopulation,
  check: checkChoice,
  begin: (options, context) => {
    const instances = chosenInstances(options, context).flatMap(({ member }) => member.instance ?? []);
    const recoveries = instances.map((instance) => instance.slow(options.factor));
    return () => {
      for (const recover of recoveries) recover();
    };
  },
});

interface DeployOptions {
  readonly service: Reference;
  readonly region?: Reference;
  readonly errors?: number;
  readonly factor?: number;
}

export const badDeploy = defineFault<DeployOptions>({
  fault: 'bad-deploy',
  about:
    'A region runs a bad version of a service: on all its instances, and those that come meanwhile, until it is rolled back. Some requests fail with an error, or all computations take longer.',
  shape: {
    service: reference(servicesSection, 'Which one.'),
    region: reference('regions', 'Where. Default: in all its regions.').optional(),
    errors: quantity('ratio', {
      positive: true,
      about: 'Share of the requests that fail, once they have a thread and before they have done anything.',
    }).optional(),
    factor: quantity('factor', { min: 1, about: 'How much longer a computation takes.' }).optional(),
  },
  lasts: 'may',
  targets: ({ service, region }, design) =>
    regionsOf(service, design)
      .filter((name) => region === undefined || name === region.name)
      .map((name) => `the version of ${service.name} in ${name}`),
  check: checkDeploy,
  begin: ({ service, region, errors, factor }, { wiring, name }) => {
    const model = wiring.find<ServiceModel>(servicesSection, service.name);
    const bad = errors === undefined ? null : new BadDeploy(errors, wiring.draws(`faults.${name}`));
    const rollbacks = model.fleetsIn(region?.name).map((fleet) =>
      fleet.deploy((instance) => {
        const quicken = factor === undefined ? undefined : instance.slow(factor);
        instance.deploy = bad;
        return () => {
          quicken?.();
          instance.deploy = null;
        };
      }),
    );
    return () => {
      for (const rollBack of rollbacks) rollBack();
    };
  },
});

function regionsOf({ name }: Reference, design: Design): string[] {
  const config = design.entry<ServiceConfig>(servicesSection, name);
  return config === undefined ? [] : placements(config, design.regions).map(({ region }) => region);
}

function checkDeploy({ service, region, errors, factor }: DeployOptions, design: Design): Finding[] {
  const findings: Finding[] = [];
  const there = regionsOf(service, design);
  if (region !== undefined && !there.includes(region.name)) {
    findings.push({
      path: ['region'],
      message: `${service.name} does not stand in ${region.name}`,
      expected: `one of ${there.join(', ')}`,
    });
  }
  if (errors === undefined && factor === undefined)
    findings.push({
      path: [],
      message: 'nothing is bad about this version',
      expected: 'errors, or a factor',
    });
  return findings;
}
