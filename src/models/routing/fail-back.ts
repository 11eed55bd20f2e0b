import { toTicks } from '../../sim/clock.ts';
import type { Agenda } from '../../sim/simulation.ts';
import { formatQuantity } from '../../units/index.ts';
import type { Callers, Return, Way } from '../contracts/router.ts';
import type { Stretch } from '../milestones.ts';
import type { Wiring } from '../wiring.ts';
import type { Whereabouts } from './whereabouts.ts';

const lookEvery = toTicks(1);
/** Looks that a share is taken over at least, and at most where it takes so long until enough requests have been seen. */
const span = { least: 10, most: 60, requests: 100 } as const;
/** Share of the requests that must go home for all to be back. */
const enough = 0.99;

/** Requests that were sent by some callers who belong in the region. */
interface Sent {
  readonly whereabouts: Whereabouts;
  readonly origin: number;
  readonly before: Float64Array;
  readonly share: number;
}

/** What became of the callers of a region that was lost and came back after a fault. */
interface Course {
  readonly stretch: Stretch;
  /** How it was when it ended, or was broken off by another loss; undefined while it goes on. */
  returns: readonly Return[] | undefined;
}

/**
 * Watches whether the callers of one region come back to it, once it is healthy again. That it is given all of its traffic
 * says nothing of those who do not ask: they stay where they are for as long as nothing fails there.
 */
export class FailBack {
  /** What had been sent, once a second, of each name: the last minute of it. */
  private readonly past: (readonly Float64Array[])[] = [];
  private readonly courses: Course[] = [];
  private isGivenAll = false;
  private plan = 0;

  /** @param all where callers send their requests, by the name that they ask for */
  constructor(
    private readonly place: number,
    private readonly all: readonly Whereabouts[],
    private readonly wiring: Wiring,
    private readonly agenda: Agenda,
  ) {}

  private get name(): string {
    return this.wiring.design.regions[this.place];
  }

  private get current(): Course | undefined {
    const last = this.courses.at(-1);
    return last?.returns === undefined ? last : undefined;
  }

  /** The region is unhealthy: nobody is to come back to it. */
  fall(): void {
    const { current } = this;
    if (current !== undefined) current.returns = this.returns(false);
    this.plan += 1;
    this.isGivenAll = false;
  }

  /** It is healthy. What one fault's callers have not done they go on with; another fault's is told apart. */
  rise(): void {
    const { courses, name, wiring } = this;
    if (!this.isHome) return;
    const { milestones, simulation } = wiring;
    const last = courses.at(-1);
    if (last?.stretch.isOpen && last.stretch.turn.fault === milestones.cause?.fault) last.returns = undefined;
    else {
      const whose = { component: 'routing', part: name };
      courses.push({ stretch: milestones.begin('failBack', whose, simulation.now), returns: undefined });
    }
    this.past.length = 0;
    this.plan += 1;
    this.look(this.plan);
  }

  /** Whether anybody is sent here while all regions are well. */
  private get isHome(): boolean {
    return this.all.some((whereabouts) =>
      Array.from({ length: whereabouts.places }, (_, origin) => origin).some(
        (origin) =>
          whereabouts.requests(origin, zero(whereabouts)) > 0 &&
          whereabouts.homeShare(origin, this.place) > 0,
      ),
    );
  }

  /** It is given all of its traffic, or no longer. */
  isGiven(share: number): void {
    this.isGivenAll = share === 1;
  }

  private look(plan: number): void {
    if (plan !== this.plan) return;
    this.past.push(this.all.map(({ counts }) => counts.slice()));
    if (this.past.length > span.most + 1) this.past.shift();
    if (this.isGivenAll && this.past.length > span.least && this.areBack) this.end();
    else this.agenda.after(lookEvery, { fire: () => this.look(plan) });
  }

  private get areBack(): boolean {
    const sent = this.sent;
    return sent.length > 0 && sent.every(({ share }) => share >= enough);
  }

  private end(): void {
    const { current, wiring } = this;
    const { now } = wiring.simulation;
    if (current === undefined) return;
    current.returns = this.returns(true);
    current.stretch.end(now);
    this.note('its callers are back');
  }

  /** The run is over: who has not come back is told. */
  close(): void {
    if (this.current === undefined) return;
    for (const { elsewhere, origin, share, workload } of this.returns(false)) {
      if (elsewhere === undefined || share >= enough) continue;
      const who = origin === undefined ? workload : `${workload} from ${origin}`;
      const away = formatQuantity(1 - share, 'ratio', { digits: 2 });
      this.note(`${away} of ${who} still go to ${elsewhere.region}: ${elsewhere.why}`);
    }
  }

  /** @param fault that it came back from */
  returnsAfter(fault: string): readonly Return[] {
    return this.courses
      .filter(({ stretch }) => stretch.turn.fault === fault)
      .flatMap((course) => course.returns ?? this.returns(false));
  }

  private returns(isOver: boolean): Return[] {
    const { design } = this.wiring;
    const { regions } = design;
    return this.sent.map(({ before, origin, share, whereabouts }) => {
      const { callers } = whereabouts;
      const main = share >= 1 ? undefined : whereabouts.mainElsewhere(origin, this.place, before);
      return {
        workload: callers.workload,
        ...(origin >= regions.length && { origin: design.origins[origin - regions.length] }),
        home: this.name,
        share,
        isOver,
        ...(main && { elsewhere: { region: regions[main.region], why: whyOf(main.way, callers) } }),
      };
    });
  }

  /** What was sent of late by those who belong here, workload by workload and origin by origin. */
  private get sent(): Sent[] {
    return this.all.flatMap((whereabouts, at) =>
      Array.from({ length: whereabouts.places }, (_, origin) => origin).flatMap((origin): Sent[] => {
        const home = whereabouts.homeShare(origin, this.place);
        if (home === 0) return [];
        let looks = span.least;
        let before = this.countsBefore(looks, at);
        while (looks < span.most && whereabouts.requests(origin, before) < span.requests) {
          looks += span.least;
          before = this.countsBefore(looks, at);
        }
        const requests = whereabouts.requests(origin, before);
        if (requests === 0) return [];
        const there = whereabouts.requestsTo(origin, this.place, before);
        return [{ whereabouts, origin, before, share: Math.min(1, there / (home * requests)) }];
      }),
    );
  }

  private countsBefore(looks: number, at: number): Float64Array {
    const { past } = this;
    return past[Math.max(0, past.length - 1 - looks)][at];
  }

  private note(what: string): void {
    const { simulation, timeline } = this.wiring;
    timeline.note(simulation.now, 'routing', `recovery of ${this.name}: ${what}`, { sort: 'ramp' });
  }
}

/** Counts before anything was sent. */
const zero = ({ counts }: Whereabouts): Float64Array => new Float64Array(counts.length);

/** Why callers go where they were sent once: by what leads them there, and when they would ask again. */
function whyOf(way: Way, { asks }: Callers): string {
  if (way === 'answer') return 'resolvers still answer so';
  if (asks === 'on-error') return 'they ask for the address again only after a failure';
  if (asks === 'never') return 'they never ask for the address again';
  return 'they ask for the address when they open a connection, and theirs are in use';
}
