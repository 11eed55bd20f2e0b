import {
  apart,
  excess,
  type Stretch,
  yearlyAvailability,
} from '../algorithms/recovery/yearly-availability.ts';
import { type CohortSource, workloadsSection } from '../contracts/cohorts.ts';
import type { FeltTimes, Occurrences } from '../contracts/occurrences.ts';
import { faultsSection } from '../fault.ts';
import type { Component } from '../kind.ts';
import { meanRate } from '../load.ts';
import type { MeterSet, MetersOf } from '../meters.ts';
import type { Wiring } from '../wiring.ts';

/** Seconds before an onset in which those came who were still waiting then: their failures are the fault's. */
const waiting = 10;

const withWaiting = (felt: FeltTimes): FeltTimes => ({
  ...felt,
  stretches: felt.stretches.map(({ from, to }) => ({ from: from - waiting, to })),
});

/** A year's availability of each workload, put together when the run is over and all faults know what they cost. */
export class YearlyAvailability<S extends MeterSet & { yearlyAvailability: { kind: 'value' } }>
  implements Component
{
  private readonly meters: readonly { readonly workload: string; readonly meters: MetersOf<S> }[];

  constructor(
    private readonly wiring: Wiring,
    set: S,
  ) {
    this.meters = wiring.design
      .names(workloadsSection)
      .map((workload) => ({ workload, meters: wiring.meters([workloadsSection, workload], set) }));
  }

  end(): void {
    for (const { workload, meters } of this.meters) {
      const share = this.shareOf(workload);
      if (share !== undefined) meters.yearlyAvailability.set(share);
    }
  }

  /** Undefined where nothing is known of times without a fault, or of what one costs that has a rate and did not come. */
  private shareOf(workload: string): number | undefined {
    const { design, window, startAt } = this.wiring;
    const faults = design
      .names(faultsSection)
      .map((name) => this.wiring.find<Occurrences>(faultsSection, name))
      .map((fault) => ({ rate: fault.yearlyRate ?? 0, felt: withWaiting(fault.feltTimes(workload)) }));
    if (faults.some(({ rate, felt: { count } }) => rate > 0 && count === 0)) return undefined;
    const measured = { from: window.from / 1e9, to: window.to / 1e9 };
    const all = faults.flatMap(({ felt }) => felt.stretches);
    const { outside: base } = this.endings(workload, measured, all);
    if (base.good + base.bad === 0) return undefined;
    const baseFailures = base.bad / (base.good + base.bad);
    const rated = faults.map(({ rate, felt: { count, isSettled, stretches } }) => {
      const { inside } = this.endings(workload, { from: 0, to: Number.POSITIVE_INFINITY }, stretches);
      return { rate, lost: isSettled && count > 0 ? excess(inside, baseFailures) / count : undefined };
    });
    return yearlyAvailability(baseFailures, meanRate(design, workloadsSection, workload, startAt), rated);
  }

  private endings(workload: string, window: Stretch, stretches: readonly Stretch[]) {
    const { cohorts } = this.wiring.find<CohortSource>(workloadsSection, workload);
    const sums = { inside: { good: 0, bad: 0 }, outside: { good: 0, bad: 0 } };
    for (const each of cohorts) {
      const { inside, outside } = apart(each.cohorts, window, stretches);
      for (const [sum, part] of [
        [sums.inside, inside],
        [sums.outside, outside],
      ] as const) {
        sum.good += part.good;
        sum.bad += part.bad;
      }
    }
    return sums;
  }
}
