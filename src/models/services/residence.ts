import type { LocalCallSite, Residence, ServiceHost } from '../contracts/service.ts';
import type { Cursor, Failure, FrameOwner } from '../cursor.ts';
import type { Step } from '../step.ts';
import { Arrive, leaveInstance } from './call-site.ts';
import type { Instance } from './instance.ts';
import type { ServiceModel } from './model.ts';

/** Calls of an operation from the instance that runs it: no network, no balancer, the same queue for a thread. */
class ResidentCallSite implements LocalCallSite, FrameOwner {
  private readonly arrive: Arrive;
  private readonly site: number;

  constructor(
    private readonly model: ServiceModel,
    operation: { first: Step },
    path: string,
  ) {
    this.arrive = new Arrive(model, operation);
    this.site = model.wiring.site(path);
  }

  enter(cursor: Cursor, host: ServiceHost, next: Step): void {
    const instance = host as Instance;
    cursor.push(this, next, cursor.place, instance);
    cursor.rename(this.site);
    instance.sent();
    this.arrive.enter(cursor);
  }

  leave(cursor: Cursor, _callerPlace: number, failure: Failure | null): number {
    leaveInstance(this.model, cursor, failure);
    return 0;
  }
}

/** A service's instances as a home for whoever lives on them. */
export class ServiceResidence implements Residence {
  private readonly watchers: ((region: number) => void)[] = [];

  constructor(private readonly model: ServiceModel) {}

  residents(region: number): readonly ServiceHost[] {
    return this.model.readyIn(region);
  }

  watch(changed: (region: number) => void): void {
    this.watchers.push(changed);
  }

  /** The ready instances of a region are others than before. */
  changed(region: number): void {
    for (const watcher of this.watchers) watcher(region);
  }

  localSite(operation: string, path: string): LocalCallSite {
    return new ResidentCallSite(this.model, this.model.compiled(operation), path);
  }
}
