/** What came of a design in one draw of the uncertain inputs. */
export interface DrawOutcome {
  /** What is to be least. */
  readonly cost: number;
  /** Whether it keeps all that is asked. */
  readonly kept: boolean;
}

/**
 * What one would give, in each draw, to have chosen another design.
 *
 * Rule: of each draw the cheapest design that keeps its needs is the one to have had. What a design costs more is over-spend. One that
 * does not keep them lacks what that one costs more, or, where it costs as much, the smallest step between two designs; `weight`
 * times as bad as the same over-spend. Where no design keeps them, the dearest is as much as could have been had.
 * Where capacity can be had in any amount this is the newsvendor's problem: the best design keeps its needs in
 * weight/(1 + weight) of the draws.
 * Source: L. J. Savage, "The theory of statistical decision", JASA 46 (1951); weights of over- and underage as in K. J. Arrow, T. Harris
 * and J. Marschak, "Optimal inventory policy", Econometrica 19 (1951).
 *
 * @param outcomes by design and draw
 * @returns the same, in what is to be least
 */
export function regretsOf(outcomes: readonly (readonly DrawOutcome[])[], weight: number): number[][] {
  const draws = outcomes[0]?.length ?? 0;
  const step = smallestStep(outcomes);
  const best = Array.from({ length: draws }, (_, draw) => {
    const all = outcomes.map((design) => design[draw]);
    const holding = all.filter(({ kept }) => kept).map(({ cost }) => cost);
    return holding.length > 0 ? Math.min(...holding) : Math.max(...all.map(({ cost }) => cost));
  });
  return outcomes.map((design) =>
    design.map(({ cost, kept }, draw) => {
      const over = Math.max(0, cost - best[draw]);
      return over + (kept ? 0 : weight * Math.max(best[draw] - cost, step));
    }),
  );
}

/** Of two designs of different mean cost the least difference; of designs that all cost the same, that. */
function smallestStep(outcomes: readonly (readonly DrawOutcome[])[]): number {
  const costs = outcomes.map((design) => mean(design.map(({ cost }) => cost))).sort((a, b) => a - b);
  const steps = costs.slice(1).map((cost, at) => cost - costs[at]);
  // What sums of doubles leave over is no step.
  const least = Math.min(...steps.filter((step) => step > 1e-9 * costs[costs.length - 1]));
  return Number.isFinite(least) ? least : (costs[0] ?? 0);
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
