import type { Design } from '../../models/design.ts';
import type { Scenario } from '../../models/parse.ts';
import type { PointState, Result, Survival } from '../../result/index.ts';
import { type LostPlace, lostPlaces } from '../survive/lost-place.ts';
import { survive } from '../survive/survive.ts';
import type { Candidate, ReadDesign } from './candidate.ts';
import { Screening, type ScreenSettings, stateOf } from './screen.ts';

/** What stands in the place of a need's text for the wish to survive. */
export const survival = 'survive';

type Lose = 'any-region' | 'any-zone';

const wordOf = (lose: Lose): string => (lose === 'any-zone' ? 'each-zone' : 'each-region');

/** What is lost, one at a time. */
export function placesOf(lose: Lose, design: Design): readonly LostPlace[] {
  const found = lostPlaces([wordOf(lose)], design);
  if ('problem' in found) throw new Error(found.problem);
  return found.places;
}

/** A design that was simulated. */
export interface Seen {
  readonly candidate: Candidate;
  readonly result: Result;
  readonly survival?: Survival;
}

/** Designs under simulation: each once, however often it is asked about, and further where more has to be told. */
export class SeenDesigns {
  private readonly screenings = new Map<number, { candidate: Candidate; screening: Screening }>();
  private readonly survivals = new Map<number, Survival>();
  private survivalRuns = 0;

  constructor(
    private readonly read: ReadDesign,
    private readonly settings: ScreenSettings,
    private readonly lose: Lose | undefined,
    private readonly begins: (candidate: Candidate, what: string) => void,
  ) {}

  /** Whether a design holds, with all needs or without one of them. */
  async state(candidate: Candidate, without?: string): Promise<PointState> {
    const known = this.screenings.get(candidate.at);
    const screening = known?.screening ?? new Screening(this.scenarioOf(candidate), this.settings);
    this.screenings.set(candidate.at, { candidate, screening });
    this.begins(candidate, 'screened');
    const state = await screening.state(without === survival ? undefined : without);
    if (this.lose === undefined || without === survival || state === 'fails') return state;
    const lost = await this.survivalOf(candidate, this.lose);
    return survivalState(state, lost, without);
  }

  /** The same, as far as it is told by the runs that there are. */
  known({ result, survival: lost }: Seen): PointState {
    const state = stateOf(result);
    if (this.lose === undefined || state === 'fails') return state;
    return lost === undefined ? 'undecided' : survivalState(state, lost);
  }

  get all(): Seen[] {
    return [...this.screenings.values()].map(({ candidate, screening }) => ({
      candidate,
      result: screening.result as Result,
      ...optionalSurvival(this.survivals.get(candidate.at)),
    }));
  }

  /** Simulated runs, those with something lost included. */
  get runs(): number {
    const screened = [...this.screenings.values()].reduce((sum, { screening }) => sum + screening.runs, 0);
    return screened + this.survivalRuns;
  }

  of({ at }: Candidate): Seen | undefined {
    return this.all.find(({ candidate }) => candidate.at === at);
  }

  /** Once more, on other draws, from the beginning: `alpha` is what wrong verdicts may have of it. */
  async verify(candidate: Candidate, seed: number, alpha: number): Promise<Seen & { state: PointState }> {
    const settings = { ...this.settings, seed, alpha };
    this.begins(candidate, 'verified');
    const screening = new Screening(this.scenarioOf(candidate), settings);
    const state = await screening.state();
    const result = screening.result as Result;
    this.survivalRuns += screening.runs;
    if (this.lose === undefined || state === 'fails') return { candidate, result, state };
    const lost = await this.lossesOf(candidate, this.lose, { seed, stopsAtFirst: false });
    return { candidate, result, survival: lost, state: survivalState(state, lost) };
  }

  private async survivalOf(candidate: Candidate, lose: Lose): Promise<Survival> {
    const known = this.survivals.get(candidate.at);
    if (known !== undefined) return known;
    const found = await this.lossesOf(candidate, lose, { seed: this.settings.seed, stopsAtFirst: true });
    this.survivals.set(candidate.at, found);
    return found;
  }

  private async lossesOf(
    candidate: Candidate,
    lose: Lose,
    { seed, stopsAtFirst }: { seed: number; stopsAtFirst: boolean },
  ): Promise<Survival> {
    const scenario = this.scenarioOf(candidate);
    const { survival, speed } = await survive(scenario, {
      ...this.settings,
      seed,
      places: placesOf(lose, scenario.design),
      asked: [wordOf(lose)],
      stopsAtFirst,
      begins: (lost) => this.begins(candidate, lost === undefined ? 'with nothing lost' : `without ${lost}`),
    });
    this.survivalRuns += speed.runs;
    return survival;
  }

  private scenarioOf({ sets }: Candidate): Scenario {
    return this.read(sets).scenario as Scenario;
  }
}

const optionalSurvival = (survival: Survival | undefined) => (survival === undefined ? {} : { survival });

/** A design that bears its load, and that of its survivors. */
function survivalState(state: PointState, { cases }: Survival, without?: string): PointState {
  const states = cases.map((each) => caseState(each, without));
  if (states.includes('fails')) return 'fails';
  return states.includes('undecided') ? 'undecided' : state;
}

function caseState({ targets, load, status }: Survival['cases'][number], without?: string): PointState {
  if (without === undefined) return status;
  return stateOf({ targets, load, loadReasons: [] }, without);
}
