import { parseTarget, resolveTarget } from '../../metrics/index.ts';
import { startOf } from '../../models/assemble.ts';
import { type ParsedScenario, parseScenario, type Scenario, type Target } from '../../models/parse.ts';
import type { LossTimes } from './loss-times.ts';
import { faultName, type LostPlace } from './lost-place.ts';

/** What callers of every workload are due where a scenario sets no need: the share by which recovery is defined. */
export const answersNeed = 'workloads.*.goodputRatio >= 99%';

/** A scenario with something lost (or nothing), and the needs and claims of it that can be asked then. */
export interface LossScenario {
  readonly parsed: ParsedScenario;
  readonly targets: readonly string[];
  /** Whether no need was left, and `answersNeed` stands in. */
  readonly isHeldAgainstAnswers: boolean;
}

/**
 * The scenario as it is run to see what the survivors of a loss bear: the place is lost for good, data kept, and only the
 * time after the takeover is measured. Its own faults are left out, so that one loss is looked at by itself; targets
 * are asked of all that is measured, which is steady; those on cost and on other faults are not asked.
 * @param lost undefined for the baseline: the same stretch of time, everything whole
 */
export function lossScenario(
  scenario: Scenario,
  lost: LostPlace | undefined,
  times: LossTimes,
): LossScenario {
  const parse = (targets: readonly Target[], more: readonly object[] = []) =>
    parseScenario(scenario.design.name, () => scenario.text, [
      ...runSets(scenario, times),
      ...faultSets(lost, times),
      `targets=${JSON.stringify([...targets.map(written), ...more])}`,
    ]);
  const { scenario: bare } = parse([]);
  const kept = bare === undefined ? [] : scenario.targets.filter((target) => canBeAsked(target, bare));
  const isHeldAgainstAnswers = !kept.some(({ level }) => level === 'fail');
  return {
    parsed: parse(kept, isHeldAgainstAnswers ? [{ target: answersNeed }] : []),
    targets: kept.map(({ target }) => target),
    isHeldAgainstAnswers,
  };
}

function runSets({ design }: Scenario, { measuredFrom }: LossTimes): string[] {
  // The busiest hour is looked for behind the warm-up: with another one it would be another hour.
  const start = new Date(startOf(design) * 1000).toISOString();
  return [
    ...(design.run.start === 'peak' ? [`run.start=${start}`] : []),
    `run.warmUp=${measuredFrom}s`,
    // How CI checks it names metrics that may not be there now.
    'check=~',
  ];
}

function faultSets(lost: LostPlace | undefined, { at, measuredFrom }: LossTimes): string[] {
  if (lost === undefined) return ['faults=~'];
  const { region, zone } = lost;
  const fault = {
    fault: zone === undefined ? 'region-outage' : 'zone-outage',
    region,
    ...(zone === undefined ? {} : { zone }),
    at: `${at}s`,
    data: 'kept',
    settle: `${measuredFrom - at}s`,
  };
  return ['faults=~', `faults.${faultName(lost)}=${JSON.stringify(fault)}`];
}

const written = ({ target, level, because }: Target) => ({
  target,
  level,
  ...(because === undefined ? {} : { because }),
});

/** What the month costs is no question to an hour without a region; and what is not measured cannot be asked. */
function canBeAsked({ target }: Target, { catalog }: Scenario): boolean {
  const text = parseTarget(target);
  return (
    !('kind' in text) && !text.pattern.startsWith('cost.') && Array.isArray(resolveTarget(text, catalog))
  );
}
