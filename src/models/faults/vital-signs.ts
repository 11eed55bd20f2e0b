import { toTicks } from '../../sim/clock.ts';
import type { EventTarget } from '../../sim/event-queue.ts';
import type { Agenda } from '../../sim/simulation.ts';
import {
  isLevelUnusual,
  isLevelUsual,
  isShareUnusual,
  isShareUsual,
} from '../algorithms/recovery/normality.ts';
import type { Phase, Turn } from '../milestones.ts';
import { isShare, type Vital } from '../vital.ts';
import type { Wiring } from '../wiring.ts';
import { type Condition, Course } from './course.ts';

const lookEvery = toTicks(1);
/** What took no longer (nanoseconds) to go away is not told. */
const brief = toTicks(10);

/** The phase that a vital sign's being unusual is; those that are no phase are looked at when all is over. */
const phaseOf: Readonly<Partial<Record<Vital['sign'], Phase>>> = {
  misses: 'warmUp',
  waiting: 'drain',
  lag: 'drain',
};

/** Something that is not as before: since when, and at its worst. */
interface Trouble {
  readonly cause: Turn;
  readonly since: number;
  worst: number;
  worstAt: number;
}

interface Watched {
  readonly course: Course;
  /** As it was before the last fault that found it usual. */
  before: Condition | undefined;
  trouble: Trouble | undefined;
}

/**
 * Watches what all components show of how they are: how cold caches are, how much has piled up. What is not as it was in the
 * five minutes before a fault is a phase of the way back from it, until it is as before.
 */
export class VitalSigns implements EventTarget {
  private readonly watched: Watched[] = [];
  private readonly agenda: Agenda;
  /** What begins now to be unusual is put down to it; undefined where no fault is to blame. */
  private cause: Turn | undefined;
  /** Instant up to which that goes, nanoseconds. */
  private until = 0;

  constructor(private readonly wiring: Wiring) {
    this.agenda = wiring.agenda();
  }

  start(): void {
    for (const component of this.wiring.all) {
      for (const vital of component.vitals?.() ?? [])
        this.watched.push({ course: new Course(vital), before: undefined, trouble: undefined });
    }
    this.agenda.after(lookEvery, this);
  }

  /** A fault begins or ends now. @param until the instant up to which it is to blame */
  turned(cause: Turn, until: number): void {
    this.cause = cause;
    this.until = until;
    for (const each of this.watched)
      if (each.trouble === undefined && cause.side === 'onset') each.before = each.course.condition;
  }

  /** How everything was in the last five minutes. */
  get conditions(): readonly { readonly vital: Vital; readonly condition: Condition }[] {
    return this.watched.map(({ course }) => ({ vital: course.vital, condition: course.condition }));
  }

  /** Whether something that is a phase put down to a fault is still going on. */
  hasOpen(fault: string, phase: Phase): boolean {
    return this.watched.some(
      ({ course, trouble }) => trouble?.cause.fault === fault && phaseOf[course.vital.sign] === phase,
    );
  }

  fire(): void {
    this.agenda.after(lookEvery, this);
    for (const each of this.watched) {
      each.course.look();
      if (each.trouble !== undefined) this.follow(each, each.trouble);
      else if (this.cause !== undefined && this.wiring.simulation.now <= this.until)
        this.notice(each, this.cause);
    }
  }

  private notice(each: Watched, cause: Turn): void {
    const { before, course } = each;
    if (before === undefined || !before.isKnown || phaseOf[course.vital.sign] === undefined) return;
    const { now } = this.wiring.simulation;
    const isUnusual = isShare(course.vital)
      ? isShareUnusual(course.share, before.mean)
      : isLevelUnusual(course.level, before.highest);
    if (!isUnusual) return;
    // A share is of the ten seconds up to now.
    const since = isShare(course.vital) ? Math.max(cause.at, now - 10 * lookEvery) : now;
    each.trouble = { cause, since, worst: course.level, worstAt: since };
  }

  private follow(each: Watched, trouble: Trouble): void {
    const { before, course } = each;
    const { now } = this.wiring.simulation;
    if (before === undefined) return;
    if (!isShare(course.vital) && course.level > trouble.worst) {
      trouble.worst = course.level;
      trouble.worstAt = now;
    }
    const isUsual = isShare(course.vital)
      ? isShareUsual(course.share, before.mean)
      : isLevelUsual(course.level, before.highest);
    if (!isUsual) return;
    this.begin(each, trouble)?.end(now);
    each.trouble = undefined;
    if (now - trouble.since >= brief) this.tell(course.vital, trouble);
  }

  /** What has piled up drains from when it was most. */
  private begin({ course }: Watched, { cause, since, worstAt }: Trouble) {
    const { vital } = course;
    const phase = phaseOf[vital.sign];
    if (phase === undefined) return undefined;
    const from = isShare(vital) ? since : worstAt;
    return this.wiring.milestones.begin(phase, { component: vital.of }, from, cause);
  }

  private tell({ of, sign }: Vital, { worst }: Trouble): void {
    const { simulation, timeline } = this.wiring;
    const piled = Math.round(worst);
    const what = {
      misses: 'hits as often as before again',
      waiting: `has worked off what waited, ${piled} requests at most`,
      lag: `has worked off its lag, ${piled} records at most`,
    }[sign as 'misses' | 'waiting' | 'lag'];
    timeline.note(simulation.now, of, what, { sort: 'caught-up' });
  }

  /** The run is over: what goes on is a phase without an end. */
  end(): void {
    for (const each of this.watched) if (each.trouble !== undefined) this.begin(each, each.trouble);
  }
}
