import type { Design } from '../design.ts';
import { Load, type Route } from '../load.ts';
import { walkSteps } from '../steps.ts';
import type { Traffic } from '../traffic.ts';
import { operationOf, type ServiceConfig } from './config.ts';
import { work } from './work.ts';

/** What a fleet is asked for: calls a second, and the cores that their work keeps busy. */
export interface FleetLoad {
  readonly calls: number;
  readonly cores: number;
}

/** One caller's part in what a region is asked for. */
interface Part {
  readonly region: string;
  readonly traffic: Traffic;
  /** Calls of the service for one call of the caller. */
  readonly calls: number;
  /** Seconds of work on its cores for one call of the caller. */
  readonly work: number;
}

/** What a service is expected to be asked for region by region, worked out from the scenario alone. */
export class ExpectedLoad {
  private readonly parts: Part[] = [];
  private readonly callers: readonly Traffic[];

  constructor(design: Design, service: string, config: ServiceConfig, route?: Route) {
    const load = new Load(design);
    const works = new Map(
      Object.entries(config.operations).map(([operation, each]) => [
        `${service}.${operation}`,
        meanWork(operationOf(each).steps),
      ]),
    );
    this.callers = load.callers.map(({ traffic }) => traffic);
    for (const traffic of this.callers) {
      for (const { operation, region, times } of load.passes(traffic, route)) {
        const seconds = works.get(operation);
        if (seconds === undefined) continue;
        this.parts.push({ region, traffic, calls: times, work: seconds * times });
      }
    }
  }

  /** In a region at an instant (seconds of Unix time). */
  at(region: string, instant: number): FleetLoad {
    let calls = 0;
    let cores = 0;
    for (const part of this.parts) {
      if (part.region !== region) continue;
      const rate = part.traffic.rateAt(instant);
      calls += rate * part.calls;
      cores += rate * part.work;
    }
    return { calls, cores };
  }

  /** Calls a second of all callers of the scenario at an instant, whatever they call. */
  total(instant: number): number {
    return this.callers.reduce((sum, traffic) => sum + traffic.rateAt(instant), 0);
  }
}

/** Seconds of a core that one pass through the steps takes on the mean. */
export function meanWork(steps: Parameters<typeof walkSteps>[0]): number {
  let seconds = 0;
  for (const { step, times } of walkSteps(steps)) {
    if (step.verb === work.verb) seconds += step.options.mean * times;
  }
  return seconds;
}
