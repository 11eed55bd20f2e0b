import { toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import type { Stretch, Turn } from '../milestones.ts';
import type { Meaning } from '../timeline.ts';
import type { Wiring } from '../wiring.ts';

/** The old answers that resolvers still have. */
export interface StaleAnswers {
  /** Instant at which the last of the answers with a region runs out, those kept beyond their TTL left out; 0 without any. */
  keptUntil(region: number): number;
  /** Nanoseconds until the last of the resolvers that keep to the TTL can hear of a change. */
  readonly newsTime: number;
}

/** What is to be waited for until callers go elsewhere. Times in seconds. */
export interface EvacuationRule {
  /** From finding the region unhealthy to taking its traffic away. */
  readonly decision: number;
  /** Of anycast routes; undefined where callers find their way by DNS. */
  readonly convergence?: number;
  /** Whether some resolvers keep answers beyond their TTL. */
  readonly hasOverstayers: boolean;
}

/** Takes one region's traffic away once it is unhealthy: from its loss until nobody is sent there by an answer of old. */
export class Evacuation {
  private lost: { readonly cause: Turn | undefined; readonly at: number } | undefined;
  private readonly agenda: Agenda;
  private readonly whose;
  private stretch: Stretch | undefined;
  /** Grows when the region rises or falls: what was planned before is void. */
  private plan = 0;

  /**
   * @param answers of DNS
   * @param fall takes the traffic away; new answers lead elsewhere from then on
   */
  constructor(
    private readonly place: number,
    private readonly rule: EvacuationRule,
    private readonly wiring: Wiring,
    private readonly answers: StaleAnswers,
    private readonly fall: () => void,
    private readonly isNowhereElse: () => boolean,
  ) {
    this.agenda = wiring.agenda();
    this.whose = { component: 'routing', part: this.name };
  }

  private get name(): string {
    return this.wiring.design.regions[this.place];
  }

  private get now(): number {
    return this.wiring.simulation.now;
  }

  regionLost(): void {
    this.lost ??= { cause: this.wiring.milestones.cause, at: this.now };
  }

  regionRestored(): void {
    this.lost = undefined;
  }

  /** @returns seconds since the region was lost; undefined where it is there, and cannot be reached or does not serve */
  becameUnhealthy(): number | undefined {
    const { lost, now, rule, whose } = this;
    const { milestones } = this.wiring;
    const cause = lost?.cause ?? milestones.cause;
    milestones.since('detect', whose, cause, now);
    this.plan += 1;
    if (rule.decision === 0) this.leave(cause);
    else {
      const decision = milestones.begin('decide', whose, now, cause);
      this.stretch = decision;
      this.later(toTicks(rule.decision), () => {
        decision.end(this.now);
        this.leave(cause);
      });
    }
    return lost === undefined ? undefined : (now - lost.at) / 1e9;
  }

  becameHealthy(): void {
    this.plan += 1;
    this.stretch?.end(this.now);
  }

  private leave(cause: Turn | undefined): void {
    const { name, now, rule, whose } = this;
    this.fall();
    if (this.isNowhereElse()) {
      this.note('no region is healthy: all are given', { sort: 'health' });
      return;
    }
    const isByRoutes = rule.convergence !== undefined;
    const stretch = this.wiring.milestones.begin(isByRoutes ? 'routes' : 'dns', whose, now, cause);
    this.stretch = stretch;
    if (rule.convergence !== undefined)
      this.later(toTicks(rule.convergence), () =>
        this.left(stretch, `routes to ${name} are withdrawn: new connections go elsewhere`),
      );
    else {
      this.note(`DNS answers no longer give ${name}`, { sort: 'routes' });
      this.awaitExpiry(stretch);
    }
  }

  /** Until the last answer has run out, and whoever asks anew hears of the change. */
  private awaitExpiry(stretch: Stretch): void {
    const { answers, name, place, rule } = this;
    const until = Math.max(answers.keptUntil(place), stretch.from + answers.newsTime);
    const rest = rule.hasOverstayers ? 'all but those kept beyond their TTL' : 'all';
    if (until <= this.now) this.left(stretch, `answers with ${name} have run out, ${rest}`);
    else this.later(until - this.now, () => this.awaitExpiry(stretch));
  }

  private left(stretch: Stretch, what: string): void {
    stretch.end(this.now);
    this.note(what, { sort: 'routes' });
  }

  private later(delay: number, what: () => void): void {
    const { plan } = this;
    this.agenda.after(delay, {
      fire: () => {
        if (this.plan === plan) what();
      },
    });
  }

  private note(what: string, meaning: Meaning): void {
    this.wiring.timeline.note(this.now, 'routing', what, meaning);
  }
}
