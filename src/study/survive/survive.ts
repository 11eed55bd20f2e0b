import { startOf } from '../../models/assemble.ts';
import type { ParsedScenario, Scenario } from '../../models/parse.ts';
import { type Result, type Survival, type SurvivalStatus, survivalFormat } from '../../result/index.ts';
import { runScenario, type Speed, type StudySettings } from '../run-scenario.ts';
import { caseOf } from './case-of.ts';
import { type LossScenario, lossScenario } from './loss-scenario.ts';
import { lossTimes } from './loss-times.ts';
import { type LostPlace, placeName } from './lost-place.ts';
import { type Reroute, staticReroute, worstFirst } from './re-route.ts';

export interface SurviveSettings extends StudySettings {
  readonly places: readonly LostPlace[];
  /** The words by which they were asked for. */
  readonly asked: readonly string[];
  /** Whether the first loss that is not survived ends it: the worst comes first, and one is enough to refuse a design. */
  readonly stopsAtFirst?: boolean;
  /** Told before each of the simulations: what is lost (undefined: nothing), and which of how many it is. */
  readonly begins?: (lost: string | undefined, number: number, of: number) => void;
}

/** Thrown where a scenario that stands does not stand with something lost: what is wrong is the user's to mend. */
export class Unsurvivable extends Error {
  constructor(
    readonly place: string,
    readonly parsed: ParsedScenario,
  ) {
    super(`the scenario does not stand with ${place} lost`);
  }
}

/**
 * Whether a design bears its load with a place lost at the peak, for each of the places: the same runs with nothing
 * lost beside them, on the same draws. Which comes first is told by routing alone (`staticReroute`).
 * @throws Unsurvivable before anything is simulated
 */
export async function survive(
  scenario: Scenario,
  settings: SurviveSettings,
): Promise<{ survival: Survival; speed: Speed }> {
  const { design } = scenario;
  const times = lossTimes(design);
  const peak = startOf(design) + times.at;
  const order = worstFirst(settings.places.map((lost) => staticReroute(design, peak, lost)));
  const losses = order.map((reroute) => ({ reroute, ...standing(scenario, reroute, times) }));
  const baseline = lossScenario(scenario, undefined, times);
  const speeds: Speed[] = [];
  const results: Result[] = [];
  const simulate = async (loss: LossScenario, lost: string | undefined, number: number) => {
    settings.begins?.(lost, number, losses.length + 1);
    const { result, speed } = await runScenario(loss.parsed.scenario as Scenario, settings);
    speeds.push(speed);
    results.push(result);
    return result;
  };
  const whole = await simulate(baseline, undefined, 1);
  const cases = [];
  for (const [at, loss] of losses.entries()) {
    const found = caseOf(await simulate(loss, placeName(loss.reroute.lost), at + 2), loss.reroute);
    cases.push(found);
    if (settings.stopsAtFirst && found.status === 'fails') break;
  }
  const statuses = cases.map(({ status }) => status);
  const survival: Survival = {
    format: survivalFormat,
    version: settings.version,
    scenario: { ...whole.scenario, hash: scenario.hash, text: scenario.text },
    seed: whole.seed,
    runs: Math.max(...results.map(({ runs }) => runs)),
    verdict: verdictOf(statuses),
    asked: settings.asked,
    times,
    leftOut: {
      faults: design.names('faults'),
      targets: scenario.targets
        .map(({ target }) => target)
        .filter((target) => !losses.some(({ targets }) => targets.includes(target))),
    },
    isHeldAgainstAnswers: losses.some(({ isHeldAgainstAnswers }) => isHeldAgainstAnswers),
    baseline: caseOf(whole),
    cases,
    units: unitsOf(results),
    topology: whole.topology,
    callers: whole.callers,
  };
  return { survival, speed: sumOf(speeds) };
}

function standing(scenario: Scenario, { lost }: Reroute, times: ReturnType<typeof lossTimes>): LossScenario {
  const loss = lossScenario(scenario, lost, times);
  if (loss.parsed.scenario === undefined) throw new Unsurvivable(placeName(lost), loss.parsed);
  return loss;
}

const verdictOf = (statuses: readonly SurvivalStatus[]): SurvivalStatus =>
  statuses.includes('fails') ? 'fails' : statuses.includes('undecided') ? 'undecided' : 'holds';

const unitsOf = (results: readonly Result[]): Survival['units'] =>
  Object.fromEntries(
    results.flatMap(({ targets, metrics }) => targets.map(({ metric }) => [metric, metrics[metric].unit])),
  );

const sumOf = (speeds: readonly Speed[]): Speed =>
  speeds.reduce((sum, speed) => ({
    runs: sum.runs + speed.runs,
    simulatedSeconds: sum.simulatedSeconds + speed.simulatedSeconds,
    operations: sum.operations + speed.operations,
    events: sum.events + speed.events,
  }));
