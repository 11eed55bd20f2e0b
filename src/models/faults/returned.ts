import { type Return, type Router, routingSection } from '../contracts/router.ts';
import { faultsSection } from '../fault.ts';
import type { MetersOf } from '../meters.ts';
import type { Wiring } from '../wiring.ts';
import { callerPath, callersOf, returnMeters } from './metrics.ts';

/** Callers who had not come back to their region when the run ended, or when that was lost again. */
export interface AwayRecord {
  readonly workload: string;
  readonly origin?: string;
  readonly home: string;
  /** Share of their requests that go home. */
  readonly returned: number;
  /** Where most of the others go, and why. */
  readonly to: string;
  readonly why: string;
}

/** How far callers came back to regions that a fault had driven them from. */
export class Returned {
  private readonly meters = new Map<string, MetersOf<typeof returnMeters>>();

  constructor(
    private readonly fault: string,
    private readonly wiring: Wiring,
  ) {
    const { meters } = this;
    const set = (path: readonly string[]) => meters.set(path.join('.'), wiring.meters(path, returnMeters));
    set([faultsSection, fault]);
    for (const { workload, origins } of callersOf(wiring.design))
      for (const origin of [undefined, ...origins]) set(callerPath(fault, workload, origin));
  }

  /** The run is over. @returns who is still away */
  end(): AwayRecord[] {
    const { fault, wiring } = this;
    const returns = wiring.find<Router>(routingSection).returnsAfter(fault);
    const worst = new Map<string, number>();
    for (const { origin, share, workload } of returns) {
      const paths = [[faultsSection, fault], callerPath(fault, workload)];
      if (origin !== undefined) paths.push(callerPath(fault, workload, origin));
      for (const path of paths) {
        const key = path.join('.');
        worst.set(key, Math.min(share, worst.get(key) ?? 1));
      }
    }
    for (const [key, share] of worst) this.meters.get(key)?.returned.set(share);
    return returns.filter(({ isOver, share }) => !isOver && share < 0.99).flatMap(away);
  }
}

const away = ({ elsewhere, home, origin, share, workload }: Return): AwayRecord[] =>
  elsewhere === undefined
    ? []
    : [
        {
          workload,
          ...(origin !== undefined && { origin }),
          home,
          returned: share,
          to: elsewhere.region,
          why: elsewhere.why,
        },
      ];
