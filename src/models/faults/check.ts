import { formatQuantity } from '../../units/index.ts';
import type { Design } from '../design.ts';
import type { FaultDefinition } from '../fault.ts';
import type { Finding } from '../kind.ts';
import type { FaultConfig } from './config.ts';
import { checkRandom } from './random/check.ts';

/** What the schema cannot see of a fault: whether it can begin and end as it says, and what its kind finds. */
export function checkFault(
  definition: FaultDefinition,
  config: FaultConfig,
  design: Design,
  earlier: readonly NamedFault[],
  others: readonly NamedFault[],
): Finding[] {
  return [
    ...(config.random === undefined
      ? checkTimes(definition, config, design.run.duration)
      : checkRandom(definition, config, config.random)),
    ...(definition.silences === true ? checkTimeouts(definition.fault, design) : []),
    ...checkContradiction(definition, config, design, earlier),
    ...checkPresence(definition, config, design, others),
    ...(definition.check?.(config, design) ?? []),
  ];
}

/** A fault of the scenario, with what sort it is. */
export interface NamedFault {
  readonly name: string;
  readonly config: FaultConfig;
  readonly definition: FaultDefinition;
}

/** Who waits for ever never fails: an outage would be no outage. */
const checkTimeouts = (fault: string, design: Design): Finding[] =>
  design
    .entries<{ client?: { timeout?: number } }>('workloads')
    .filter(([, { client }]) => client?.timeout === undefined)
    .map(([workload]) => ({
      path: [],
      message: `${workload} waits for answers without end: ${fault} would give it no failures, only silence`,
      expected: `a timeout in workloads.${workload}.client`,
    }));

/** Two faults that strike the same thing at the same time: which of them ends it could not be told. */
function checkContradiction(
  { fault, targets }: FaultDefinition,
  config: FaultConfig,
  design: Design,
  earlier: readonly NamedFault[],
): Finding[] {
  const struck = targets?.(config, design) ?? [];
  return earlier
    .filter((other) => overlap(config, other.config) && areAlike(fault, other.definition.fault))
    .flatMap((other): Finding[] => {
      const others = other.definition.targets?.(other.config, design) ?? [];
      const both = struck.find((target) => others.includes(target));
      return both === undefined
        ? []
        : [
            {
              path: ['at'],
              message: `${other.name} strikes ${both} at the same time`,
              expected: 'another time',
            },
          ];
    });
}

/** A fault of what is lost already, with its whole region, does nothing. */
function checkPresence(
  definition: FaultDefinition,
  config: FaultConfig,
  design: Design,
  others: readonly NamedFault[],
): Finding[] {
  const where = regionOf(definition, config, design);
  if (where === undefined) return [];
  return others
    .filter((other) => other.definition.takes?.(other.config) === where && isDuring(config.at, other.config))
    .map(({ name }) => ({
      path: ['at'],
      message: `${name} has lost ${where} with all that stands there by then: there is nothing to strike`,
      expected: 'another time, or another region',
    }));
}

function regionOf({ where }: FaultDefinition, config: FaultConfig, design: Design): string | undefined {
  const { data, region } = config as { data?: string; region?: { readonly name: string } };
  // A disk can be destroyed whether its machine runs or not.
  if (data === 'destroyed') return undefined;
  return where === undefined ? region?.name : where(config, design);
}

const isDuring = (instant: number, other: FaultConfig): boolean =>
  other.at <= instant && instant < endOf(other);

/** A link may be slow and lossy at once; but only one fault at a time may lose a region, and one make a link slow. */
export const areAlike = (one: string, other: string): boolean =>
  one === other || (one.endsWith('-outage') && other.endsWith('-outage'));

export const endOf = (config: FaultConfig): number => config.at + (config.for ?? Number.POSITIVE_INFINITY);

const overlap = (one: FaultConfig, other: FaultConfig): boolean =>
  one.at < endOf(other) && other.at < endOf(one);

function checkTimes({ fault, lasts }: FaultDefinition, config: FaultConfig, duration: number): Finding[] {
  const findings: Finding[] = [];
  if (config.at === undefined) {
    findings.push({
      path: [],
      message: `${fault} says neither when it begins nor how often it happens`,
      expected: 'at: 20m, or random: { mtbf: 30d, mttr: 1h }',
    });
  }
  if (config.at >= duration) {
    findings.push({
      path: ['at'],
      message: 'the run is over before this fault begins',
      expected: `less than run.duration, ${formatQuantity(duration, 'duration')}, which counts from the start of the warm-up`,
    });
  }
  if (lasts === 'always' && config.for === undefined) {
    findings.push({ path: [], message: `${fault} has no end`, expected: 'for: how long it lasts' });
  }
  if (lasts === 'never' && config.for !== undefined) {
    findings.push({
      path: ['for'],
      message: `${fault} is over at once`,
      expected: 'no duration: what follows is up to the design',
    });
  }
  return findings;
}
