import type { ServiceHost } from '../contracts/service.ts';

/** Something in the memory of each instance, made when it is first asked for and gone with the instance. */
export class ByHost<Thing> {
  private readonly things = new Map<ServiceHost, Thing>();
  private lastHost: ServiceHost | null = null;
  private lastThing!: Thing;

  constructor(
    private readonly make: (host: ServiceHost) => Thing,
    private readonly died: (thing: Thing) => void,
    private readonly stopped?: (thing: Thing) => void,
  ) {}

  get size(): number {
    return this.things.size;
  }

  of(host: ServiceHost): Thing {
    if (host === this.lastHost) return this.lastThing;
    const thing = this.things.get(host) ?? this.begin(host);
    this.lastHost = host;
    this.lastThing = thing;
    return thing;
  }

  values(): IterableIterator<Thing> {
    return this.things.values();
  }

  private begin(host: ServiceHost): Thing {
    const thing = this.make(host);
    this.things.set(host, thing);
    host.whenDead(() => {
      this.forget(host);
      this.died(thing);
    });
    host.whenStopped?.(() => {
      this.forget(host);
      this.stopped?.(thing);
    });
    return thing;
  }

  private forget(host: ServiceHost): void {
    this.things.delete(host);
    if (this.lastHost === host) this.lastHost = null;
  }
}
