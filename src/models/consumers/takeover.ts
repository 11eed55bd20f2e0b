import { toTicks } from '../../sim/clock.ts';
import type { Random } from '../../sim/random/streams.ts';
import type { Agenda } from '../../sim/simulation.ts';
import type { Router } from '../contracts/router.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { FailoverConfig } from './config.ts';
import type { Group, Home } from './group.ts';

/** How often whoever would take over looks at the health of the other region (nanoseconds). */
const lookEvery = 5e9;

/**
 * A region goes on for a group of another region while that is unhealthy: members here read the copies of its partitions,
 * from the last checkpoint on. When the region is healthy again they stop, and its own members go on where those had left
 * off: nobody translates back what was done here, so that it is done again.
 */
export class Takeover {
  private unhealthySince = -1;
  private hasTaken = false;

  /** @param homesHere instances here that are ready */
  constructor(
    private readonly standby: Group,
    private readonly source: Group,
    private readonly checkpoints: Checkpoints,
    private readonly config: FailoverConfig,
    private readonly router: Router,
    private readonly agenda: Agenda,
    private readonly random: Random,
    private readonly homesHere: () => Home[],
  ) {}

  start(): void {
    const every = toTicks(this.config.checkpoints);
    const checkpoint = {
      fire: () => {
        if (this.checkpoints.take() && !this.hasTaken) this.standby.knows(this.checkpoints);
        this.agenda.after(every, checkpoint);
      },
    };
    const look = {
      fire: () => {
        this.look();
        this.agenda.after(lookEvery, look);
      },
    };
    this.agenda.after(Math.ceil(this.random() * every), checkpoint);
    this.agenda.after(Math.ceil(this.random() * lookEvery), look);
  }

  /** Instances here have come or gone. */
  changeHomes(): void {
    if (this.hasTaken) this.standby.changeHomes(this.homesHere());
  }

  private look(): void {
    const { config, router, source, standby } = this;
    const { now } = standby.simulation;
    if (router.isHealthy(source.topic.place)) {
      this.unhealthySince = -1;
      if (this.hasTaken) standby.standBy();
      this.hasTaken = false;
      return;
    }
    if (this.unhealthySince < 0) this.unhealthySince = now;
    if (this.hasTaken || now - this.unhealthySince < toTicks(config.after)) return;
    this.hasTaken = true;
    standby.takeOver(this.checkpoints, this.homesHere());
  }
}
