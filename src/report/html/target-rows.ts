import { ownerOf } from '../../metrics/index.ts';
import type { Result, TargetResult } from '../../result/index.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { marginText } from '../reading/margin-text.ts';
import {
  askedText,
  measuredBy,
  starParts,
  type TargetGroup,
  targetGroups,
} from '../reading/target-groups.ts';
import { besideTarget } from '../reading/within.ts';
import type { TargetRow } from './page-data.ts';

/** A row a metric that a target is held against, failures first. */
export const targetRows = (result: Result): TargetRow[] =>
  targetGroups(result.targets).flatMap((group) =>
    group.targets.map((target) => rowOf(target, group, result)),
  );

function rowOf(target: TargetResult, { pattern, targets }: TargetGroup, result: Result): TargetRow {
  const { metric, operator, limit, status, value, reason, because } = target;
  const within = besideTarget(target, result);
  const part = targets.length > 1 ? starParts(pattern, metric) : '';
  return {
    text: askedText(target, pattern, result),
    ...(part === '' ? {} : { part }),
    level: target.level === 'fail' ? 'need' : 'claim',
    status,
    measured: estimateText(measuredBy(target, result)),
    margin: marginText(target),
    ...(value === null || limit === 0 ? {} : { ratio: Number((value / limit).toPrecision(4)) }),
    isUpper: operator.startsWith('<'),
    ...(within === undefined ? {} : { within }),
    ...(reason === undefined ? {} : { reason }),
    ...(because === undefined ? {} : { because }),
    box: ownerOf(metric),
  };
}
