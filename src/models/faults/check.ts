import { formatQuantity } from '../../units/index.ts';
import type { Design } from '../design.ts';
import type { FaultDefinition } from '../fault.ts';
import type { Finding } from '../kind.ts';
import type { FaultConfig } from './config.ts';

/** What the schema cannot see of a fault: whether it can begin and end as it says, and what its kind finds. */
export function checkFault(definition: FaultDefinition, config: FaultConfig, design: Design): Finding[] {
  return [
    ...checkTimes(definition, config, design.run.duration),
    ...(definition.check?.(config, design) ?? []),
  ];
}

function checkTimes({ fault, lasts }: FaultDefinition, config: FaultConfig, duration: number): Finding[] {
  const findings: Finding[] = [];
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
