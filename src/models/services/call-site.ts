import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Network } from '../contracts/network.ts';
import type { CallSite } from '../contracts/service.ts';
import type { Cursor, Failure, FrameOwner } from '../cursor.ts';
import type { Whose } from '../milestones.ts';
import { Step } from '../step.ts';
import type { Instance } from './instance.ts';
import type { ServiceModel } from './model.ts';

/** Which of a call site's draws is which: the low bits of the word. */
const there = 0;
const back = 1;
const choice = 2;

/**
 * One place from which an operation is called: over the network to an instance that the balancer chooses, into its
 * queue for a thread, through the operation's steps, and back. It owns the frame that the cursor stands in meanwhile.
 */
export class ServiceCallSite implements CallSite, FrameOwner {
  private readonly arrive: Arrive;
  private readonly draws: KeyedDraws;
  private readonly site: number;
  private current!: Cursor;
  private readonly drawChoice = (index: number): number => this.draw(this.current, choice + index);

  constructor(
    private readonly model: ServiceModel,
    private readonly network: Network,
    private readonly operation: { first: Step; request: number; response: number },
    path: string,
    private readonly operationName: string,
  ) {
    this.draws = model.wiring.draws(`${path}.way`);
    this.site = model.wiring.site(path);
    this.arrive = new Arrive(model, operation);
  }

  get regions(): readonly number[] {
    return this.model.places;
  }

  /** Who stands outside of everything waits with a timeout of his own: that is told of his operations. */
  whose({ frame }: Cursor): Whose | undefined {
    return frame.below === null ? undefined : this.model.whole;
  }

  titleFor(): string {
    return `${this.model.name}.${this.operationName}`;
  }

  serves(region: number): boolean {
    return this.model.readyIn(region).length > 0;
  }

  /** One way's draw; nothing is drawn where nothing depends on it. */
  private uniform(cursor: Cursor, from: number, to: number, index: number): number {
    const { network } = this;
    return network.nominalDelay(from, to) === 0 && !network.isDisturbed ? 0.5 : this.draw(cursor, index);
  }

  private draw(cursor: Cursor, index: number): number {
    return this.draws.uniform(cursor.high, cursor.low, cursor.word | index);
  }

  enter(cursor: Cursor, region: number, next: Step): void {
    const { network } = this;
    const from = cursor.place;
    this.current = cursor;
    const instance = this.model.choose(region, this.drawChoice);
    const uniform = this.uniform(cursor, from, region, there);
    cursor.push(this, next, region, instance ?? null);
    cursor.rename(this.site);
    if (instance !== undefined) instance.sent();
    network.carry(from, region, this.operation.request);
    if (instance !== undefined && instance.silence !== null && network.passes(from, region))
      cursor.arriveInSilence(from, instance.silence, uniform, this.arrive);
    else cursor.arriveFrom(from, uniform, this.arrive);
  }

  leave(cursor: Cursor, callerPlace: number, failure: Failure | null): number {
    const silence = (cursor.host as Instance | null)?.silence ?? null;
    leaveInstance(this.model, cursor, failure);
    if (!cursor.hasArrived) return 0;
    const { place } = cursor;
    const uniform = this.uniform(cursor, place, callerPlace, back);
    if (silence !== null) return cursor.noWayBack(silence, uniform);
    this.network.carry(place, callerPlace, this.operation.response);
    return cursor.wayBack(callerPlace, uniform);
  }
}

/** A request leaves its instance, which has its thread back. */
export function leaveInstance(model: ServiceModel, cursor: Cursor, failure: Failure | null): void {
  const instance = cursor.host as Instance | null;
  if (instance === null) return;
  instance.returned();
  if (!cursor.holding) return;
  instance.vacate(cursor);
  instance.releaseThread();
  model.answered(instance, cursor.mark, failure);
}

/** A request reaches its instance. */
export class Arrive extends Step {
  private readonly begin: Step;

  constructor(
    private readonly model: ServiceModel,
    operation: { first: Step },
  ) {
    super(undefined as unknown as Step);
    this.begin = new Begin(model, operation);
  }

  enter(cursor: Cursor): void {
    const instance = cursor.host as Instance | null;
    this.model.arrived(cursor.place);
    if (instance === null) {
      cursor.fail('unavailable');
    } else if (!instance.alive) {
      cursor.fail('crashed');
    } else {
      cursor.mark = cursor.now;
      instance.arrivals += 1;
      const answer =
        instance.threads === undefined ? 'granted' : cursor.acquire(instance.threads, this.begin);
      if (answer === 'granted') this.begin.enter(cursor);
      else if (answer === 'full') this.reject(cursor);
    }
  }

  private reject(cursor: Cursor): void {
    this.model.rejected(cursor.place);
    cursor.fail('rejected');
  }
}

/** A request has its thread: the operation's steps run. */
class Begin extends Step {
  constructor(
    private readonly model: ServiceModel,
    private readonly operation: { first: Step },
  ) {
    super(undefined as unknown as Step);
  }

  enter(cursor: Cursor): void {
    cursor.taken();
    cursor.holding = true;
    const instance = cursor.host as Instance;
    // Its turn came at the very instant at which the instance died.
    if (!instance.alive) {
      cursor.fail('crashed');
      return;
    }
    if (cursor.now >= cursor.deadline) {
      this.model.expired();
      cursor.fail('expired');
      return;
    }
    instance.occupy(cursor);
    if (instance.deploy?.fails(cursor) === true) {
      cursor.fail('error');
      return;
    }
    if (cursor.now > cursor.mark) cursor.spendUntil(this.model.segments.waitsForThread, cursor.now);
    this.model.waited(cursor.place, cursor.now - cursor.mark);
    cursor.go(this.operation.first);
  }
}

/** The end of an operation's steps: the answer goes back to the caller. */
class Answer extends Step {
  constructor() {
    super(undefined as unknown as Step);
  }

  enter(cursor: Cursor): void {
    cursor.pop();
  }
}

export const answer: Step = new Answer();
