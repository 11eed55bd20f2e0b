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

/** Some callers, with their meters: of all, of a workload, of one of its origins. */
interface Part {
  readonly workload?: string;
  readonly origin?: string;
  readonly meters: MetersOf<typeof returnMeters>;
}

/** How far callers came back to regions that a fault had driven them from. */
export class Returned {
  private readonly parts: readonly Part[];

  constructor(
    private readonly fault: string,
    private readonly wiring: Wiring,
  ) {
    const metersAt = (path: readonly string[]) => wiring.meters(path, returnMeters);
    this.parts = [
      { meters: metersAt([faultsSection, fault]) },
      ...callersOf(wiring.design).flatMap(({ workload, origins }) =>
        [undefined, ...origins].map((origin) => ({
          workload,
          ...(origin !== undefined && { origin }),
          meters: metersAt(callerPath(fault, workload, origin)),
        })),
      ),
    ];
  }

  /** The run is over. @returns who is still away */
  end(): AwayRecord[] {
    const returns = this.wiring.find<Router>(routingSection).returnsAfter(this.fault);
    for (const { meters, origin, workload } of this.parts) {
      const own = returns.filter(
        (each) =>
          (workload === undefined || each.workload === workload) &&
          (origin === undefined || each.origin === origin),
      );
      if (own.length > 0) meters.returned.set(Math.min(...own.map(({ share }) => share)));
    }
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
