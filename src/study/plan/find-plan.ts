import { parseScenario, type Scenario } from '../../models/parse.ts';
import { type Plan, type PlanPrice, type PointState, planFormat } from '../../result/index.ts';
import type { RunSource } from '../run-pool.ts';
import { scenarioHead } from '../scenario-head.ts';
import type { Shard } from '../shards/shard.ts';
import { fieldsOf } from '../uncertain/uncertain-design.ts';
import { type Candidate, candidateOf, isTold, type ReadDesign } from './candidate.ts';
import { designOf } from './design-of.ts';
import { disagreementsOf } from './disagreements.ts';
import { shardOfDesigns } from './families.ts';
import { leastRegret } from './least-regret.ts';
import type { PlanSpace } from './read-plan.ts';
import { nearestMiss, rejectedOf } from './rejected.ts';
import { cheaperFirst, type Searched, search } from './search.ts';
import { placesOf, type Seen, SeenDesigns, survival } from './seen-designs.ts';

export interface PlanFindSettings {
  readonly file: string;
  readonly version: string;
  readonly seed?: number;
  readonly runs?: number;
  readonly maxRuns?: number;
  readonly sets?: readonly string[];
  /** Whether to find out what each need costs; it takes searches of its own. */
  readonly prices: boolean;
  /** Draws of uncertain inputs, where there are any. */
  readonly draws?: number;
  readonly pool: RunSource;
  readonly progress?: (what: string, run: number, share: number, runs: number) => void;
}

/** Share of wrong verdicts: of the winner over all attempts, of a design that is screened. */
const alpha = 0.05;
/** Attempts to verify a winner: what is left of α then is less than anybody can show. */
const mostAttempts = 6;
/** The winner and the runner-up. */
const wantedDesigns = 2;

/** Thrown where nothing can be the cheapest. */
export class NothingPriced extends Error {}

/** Thrown where values make no scenario, whatever the others are: what is wrong is the user's to mend. */
export class BadValues extends Error {
  constructor(readonly mistakes: readonly { readonly set: string; readonly problem: string }[]) {
    super(mistakes.map(({ set, problem }) => `${set}: ${problem}`).join('\n'));
  }
}

/** The cheapest design of a space that keeps every need, verified on fresh seeds. */
export const findPlan = (scenario: Scenario, space: PlanSpace, settings: PlanFindSettings): Promise<Plan> =>
  new PlanStudy(scenario, space, settings).plan();

/**
 * Simulates what one shard of a plan's designs needs to find the cheapest of its own. There is no result but the runs that
 * `settings.pool` keeps: whoever makes the plan with them at hand gets the plan that he would get without, sooner.
 */
export const screenShard = (
  scenario: Scenario,
  space: PlanSpace,
  settings: PlanFindSettings,
  shard: Shard,
): Promise<ScreenedShard> => new PlanStudy(scenario, space, settings).screen(shard);

/** How many designs a shard has, and how many of them were simulated. */
export interface ScreenedShard {
  readonly designs: number;
  readonly simulated: number;
}

class PlanStudy {
  private readonly read: ReadDesign;
  private readonly candidates: readonly Candidate[];
  private readonly seen: SeenDesigns;
  private readonly refuted = new Map<number, Seen & { state: PointState }>();
  private readonly seed: number;
  private readonly runs: number;
  private readonly maxRuns: number;

  constructor(
    private readonly scenario: Scenario,
    private readonly space: PlanSpace,
    private readonly settings: PlanFindSettings,
  ) {
    const { plan, variables, designs } = space;
    const { file, version, pool, progress } = settings;
    this.read = readerOf(scenario, plan.keep, file);
    this.seed = settings.seed ?? scenario.design.run.seed;
    this.runs = settings.runs ?? plan.runs;
    this.maxRuns = Math.max(
      this.runs,
      settings.maxRuns ?? (settings.runs === undefined ? plan.maxRuns : 8 * this.runs),
    );
    this.candidates = designs.map((values, at) => {
      if (at % 20 === 0) progress?.('looking at all designs', 0, at / designs.length, 1);
      return candidateOf(values, at, space, this.read);
    });
    this.refuseBadValues();
    let what = '';
    this.seen = new SeenDesigns(
      this.read,
      {
        file,
        version,
        seed: this.seed,
        runs: this.runs,
        maxRuns: this.maxRuns,
        alpha,
        pool,
        progress: (run, share, runs) => progress?.(what, run, share, runs),
      },
      plan.survive,
      ({ values }, doing) => {
        what = `${variables.map((_, at) => values[at]).join(' · ')} ${doing}`;
      },
    );
  }

  async screen(shard: Shard): Promise<ScreenedShard> {
    const candidates = shardOfDesigns(this.candidates, this.space.variables, shard);
    await this.search({ wanted: wantedDesigns, candidates });
    return { designs: candidates.length, simulated: this.seen.all.length };
  }

  async plan(): Promise<Plan> {
    const { scenario, settings, space } = this;
    const { plan, variables } = space;
    const { searched, winner } = await this.winner();
    const runs = this.seen.runs;
    const prices =
      winner === undefined || !settings.prices ? [] : await this.prices(winner.candidate, this.needs());
    const regret = winner === undefined ? undefined : await this.regret();
    const states = new Map(this.seen.all.map((each) => [each.candidate.at, this.seen.known(each)]));
    const seen = this.seen.all.sort((a, b) => cheaperFirst(a.candidate, b.candidate));
    const design = (each: Seen) => designOf(each, states.get(each.candidate.at) ?? 'undecided');
    const isCheaper = ({ at, cost }: Pick<Candidate, 'at' | 'cost'>) =>
      winner === undefined || cheaperFirst({ at, cost } as Candidate, winner.candidate) < 0;
    const undecided = searched.undecided.filter(isCheaper).flatMap((each) => this.seen.of(each) ?? []);
    const next = searched.holding.find(({ at }) => at !== winner?.candidate.at);
    const runnerUp = next === undefined || winner === undefined ? undefined : this.seen.of(next);
    const miss = winner === undefined ? nearestMiss({ seen, states }) : undefined;
    const dearest = prices.reduce<PlanPrice | undefined>(
      (most, each) => (each.saved > (most?.saved ?? 0) ? each : most),
      undefined,
    );
    const toldBefore = this.candidates.filter(isTold).length;
    const implied = [...searched.implied.keys()].filter((at) => !states.has(at)).length;
    return {
      format: planFormat,
      version: settings.version,
      scenario: scenarioHead(scenario, settings),
      seed: this.seed,
      runs: this.runs,
      maxRuns: this.maxRuns,
      variables,
      where: plan.where,
      leftOut: space.leftOut,
      minimised: plan.minimise,
      asked: this.needs().length > 0 ? 'needs' : 'keeps-up',
      needs: this.needs(),
      ...(plan.survive === undefined ? {} : { survive: plan.survive }),
      verdict: winner !== undefined ? 'found' : this.isOpen(searched) ? 'undecided' : 'infeasible',
      ...(winner === undefined
        ? {}
        : {
            winner: {
              ...designOf(winner, winner.state),
              attempt: winner.attempt,
              alpha: alpha / 2 ** winner.attempt,
            },
          }),
      ...(regret === undefined ? {} : { regret }),
      ...(runnerUp === undefined ? {} : { runnerUp: design(runnerUp) }),
      ...(miss === undefined ? {} : { nearestMiss: design(miss) }),
      undecided: undecided.map(design),
      refuted: [...this.refuted.values()].map((each) => designOf(each, each.state)),
      prices,
      ...(dearest === undefined ? {} : { binding: dearest.need }),
      rejected: rejectedOf({
        candidates: this.candidates,
        variables,
        seen,
        states,
        implied: searched.implied,
      }),
      ...disagreementsOf(seen),
      counts: {
        designs: this.candidates.length,
        toldBefore,
        implied,
        simulated: seen.length,
        dearer: this.candidates.length - toldBefore - implied - seen.length,
        runs,
        forPrices: this.seen.runs - runs,
        exhaustive: this.candidates.length * this.runs * this.simulations(),
      },
      designs: seen.map(design),
    };
  }

  /** The cheapest that holds when screened and on fresh seeds, the k-th attempt at α/2ᵏ. */
  private async winner(): Promise<{
    searched: Searched;
    winner?: Seen & { state: PointState; attempt: number };
  }> {
    for (let attempt = 1; ; attempt += 1) {
      const searched = await this.search({ wanted: wantedDesigns, refused: new Set(this.refuted.keys()) });
      const [cheapest] = searched.holding;
      if (cheapest === undefined || attempt > mostAttempts) return { searched };
      const verified = await this.seen.verify(cheapest, this.seed + attempt, alpha / 2 ** attempt);
      if (verified.state === 'holds') return { searched, winner: { ...verified, attempt } };
      this.refuted.set(cheapest.at, verified);
    }
  }

  private search(more: {
    wanted: number;
    candidates?: readonly Candidate[];
    without?: string;
    below?: Candidate;
    refused?: ReadonlySet<number>;
  }) {
    const { candidates, seen, space } = this;
    return search({
      candidates,
      variables: space.variables,
      ask: (candidate) => seen.state(candidate, more.without),
      ...more,
    });
  }

  /** What to choose where inputs are not known well; what the plan varies is known, whatever is believed of it. */
  private async regret() {
    const { candidates, read, scenario, seed, settings, space } = this;
    const { plan, variables } = space;
    const isVaried = (input: string) =>
      variables.some(({ path }) => input === path || input.startsWith(`${path}.`));
    const fields = fieldsOf(scenario, read).filter(({ path }) => !isVaried(path));
    if (fields.length === 0) return undefined;
    return leastRegret(
      candidates.filter((each) => !isTold(each)),
      {
        file: settings.file,
        version: settings.version,
        pool: settings.pool,
        read,
        fields,
        seed,
        draws: settings.draws ?? 128,
        weight: plan.underProvision,
        asked: this.needs().length > 0 ? 'needs' : 'keeps-up',
        isPriced: space.objective === undefined,
        mayBe: async (candidate) =>
          plan.survive === undefined || (await this.seen.state(candidate)) !== 'fails',
        progress: (share) => settings.progress?.('drawing uncertain inputs', 0, share, 1),
      },
    );
  }

  /** What each need costs: the cheapest design without it, among those cheaper than the winner. */
  private async prices(winner: Candidate, needs: readonly string[]): Promise<PlanPrice[]> {
    const { survive } = this.space.plan;
    const prices: PlanPrice[] = [];
    for (const need of [
      ...needs.filter((each) => !each.startsWith('cost.')),
      ...(survive === undefined ? [] : [survival]),
    ]) {
      const { holding } = await this.search({ wanted: 1, without: need, below: winner });
      const [cheapest] = holding.filter((each) => cheaperFirst(each, winner) < 0);
      prices.push(
        cheapest === undefined
          ? { need, saved: 0 }
          : { need, saved: winner.cost - cheapest.cost, values: cheapest.values, cost: cheapest.cost },
      );
    }
    return prices;
  }

  private needs(): string[] {
    const { scenario } = this.read(this.candidates.find((each) => !each.impossible)?.sets ?? []);
    const needs = scenario?.targets.filter(({ level }) => level === 'fail') ?? [];
    return needs.map(({ target }) => target);
  }

  /** Of a design: with `survive` once more with nothing lost, and once for each place. */
  private simulations(): number {
    const { survive } = this.space.plan;
    return survive === undefined ? 1 : 2 + placesOf(survive, this.scenario.design).length;
  }

  private isOpen({ undecided, holding }: Searched): boolean {
    return undecided.length > 0 || holding.length > 0 || this.refuted.size > 0;
  }

  /** Values with which no design stands are mistakes; some combinations may well be impossible. */
  private refuseBadValues(): void {
    const { candidates, space } = this;
    const mistakes = space.variables.flatMap(({ path, values }, variable) =>
      values.flatMap((value) => {
        const having = candidates.filter((each) => each.values[variable] === value);
        const problem = having[0]?.impossible;
        return having.length > 0 && having.every(({ impossible }) => impossible !== undefined) && problem
          ? [{ set: `${path}=${value}`, problem }]
          : [];
      }),
    );
    if (mistakes.length > 0) throw new BadValues(mistakes);
    const possible = candidates.filter((each) => !isTold(each));
    if (space.objective === undefined && possible.length > 0 && possible.every(({ month }) => month === null))
      throw new NothingPriced();
  }
}

/** Reads a design: the scenario as it is today but for the plan, and with the needs of the plan where it names some. */
function readerOf({ text }: Scenario, keep: readonly string[] | undefined, file: string): ReadDesign {
  const common = [
    'plan=~',
    'check=~',
    'growth=~',
    'phases=~',
    ...(keep === undefined ? [] : [`targets=${JSON.stringify(keep)}`]),
  ];
  return (sets) => parseScenario(file === '-' ? 'stdin' : file, () => text, [...common, ...sets]);
}
