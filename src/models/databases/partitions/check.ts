import { formatQuantity } from '../../../units/index.ts';
import type { Finding } from '../../kind.ts';
import type { StepConfig } from '../../step.ts';
import { lengthOf } from './calendar.ts';
import { type DateOptions, type TablePartitionsConfig, tierNames, tierSeconds } from './config.ts';

const time = (seconds: number) => formatQuantity(seconds, 'duration');

/** Whether tiers are whole partitions and add up. */
export function checkTablePartitions(config: TablePartitionsConfig): Finding[] {
  const unit = lengthOf[config.by];
  const rests = tierNames.filter((tier) => config[tier] === 'rest');
  if (rests.length > 1) {
    const message = `${rests.join(' and ')} cannot both be the rest`;
    return [{ path: ['tablePartitions', rests[1]], message, expected: 'a duration' }];
  }
  const findings = (['hot', 'warm', 'cold', 'kept'] as const).flatMap((key): Finding[] => {
    const seconds = config[key];
    if (typeof seconds !== 'number' || isWhole(seconds / unit)) return [];
    const message = `${time(seconds)} are not whole ${config.by}s`;
    const hint = `write ${Math.max(1, Math.round(seconds / unit))} ${config.by}s`;
    return [{ path: ['tablePartitions', key], message, expected: `partitions are by ${config.by}`, hint }];
  });
  return findings.length > 0 ? findings : checkSum(config);
}

function checkSum(config: TablePartitionsConfig): Finding[] {
  const { hot, warm, cold, kept } = tierSeconds(config);
  const [rest] = tierNames.filter((tier) => config[tier] === 'rest');
  const path = ['tablePartitions', 'kept'];
  if (rest !== undefined && tierSeconds(config)[rest] <= 0) {
    const message = `nothing is left for ${rest}: the other tiers have all of the ${time(kept)} that rows are kept`;
    return [{ path, message, expected: `kept above ${time(hot + warm + cold - tierSeconds(config)[rest])}` }];
  }
  const sum = hot + warm + cold;
  if (rest === undefined && Math.abs(sum - kept) > 1) {
    const message = `the tiers add up to ${time(sum)}, rows are kept for ${time(kept)}`;
    return [{ path, message, expected: `kept: ${time(sum)}, or one of the tiers as rest` }];
  }
  if (hot > 0) return [];
  return [
    {
      path: ['tablePartitions', 'hot'],
      message: 'no partition is hot, and rows are added to the newest one',
      expected: `at least 1 ${config.by}`,
    },
  ];
}

const isWhole = (count: number) => Math.abs(count - Math.round(count)) < 1e-6;

/** What steps say of dates that this database cannot make sense of. */
export function checkDateSteps(
  name: string,
  config: TablePartitionsConfig | undefined,
  steps: readonly StepConfig[],
): Finding[] {
  return steps.flatMap(({ verb, options }): Finding[] => {
    const { age, where } = options as DateOptions;
    const word = age === undefined ? 'where' : 'age';
    if (age === undefined && where === undefined) return [];
    if (config === undefined) {
      const message = `a ${verb} says ${word} of a row, and ${name} is not partitioned by date`;
      return [
        {
          path: [],
          message,
          expected: 'tablePartitions',
          hint: 'tablePartitions: { by: month, hot: 1 month, cold: rest }',
        },
      ];
    }
    const isNowhere = verb === 'write' && age === undefined;
    if (!isNowhere) return [];
    const message = 'a write says where, and not how old the row is: a new row goes to the newest partition';
    return [{ path: [], message, expected: 'age beside where, or neither' }];
  });
}
