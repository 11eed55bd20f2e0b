import type { Agenda, Simulation } from '../../sim/simulation.ts';
import type { HeldUp, HeldUpWay, Network, Silence } from '../contracts/network.ts';
import type { Turn } from '../milestones.ts';
import type { Hangs } from './hangs.ts';
import { Link } from './link.ts';

/**
 * Something that is dead without a word: nobody acknowledges what is sent to it, and nobody is there to send what was
 * asked of it. For those who wait it is as if the way were cut; what gets through once something answers again then takes
 * the way that there is.
 */
export class DeadHost extends Link implements Silence {
  private readonly death = { isCut: true };

  constructor(
    simulation: Simulation,
    agenda: Agenda,
    private readonly network: Network,
    place: number,
    hangs: Hangs,
    cause: Turn | undefined,
  ) {
    const base = network.nominalDelay(place, place);
    super(simulation, agenda, base, 2 * base, 0, hangs);
    this.begin(this.death, cause);
  }

  override end(): void {
    super.end(this.death);
  }

  override letOn(message: HeldUp, wait: number, way: HeldUpWay): void {
    const { from, to, uniform, isOpening } = way;
    const delay = this.network.delay(from, to, uniform);
    if (delay === Number.POSITIVE_INFINITY) {
      this.network.hold(message, wait, way);
      return;
    }
    const handshake = isOpening
      ? this.network.nominalDelay(from, to) + this.network.nominalDelay(to, from)
      : 0;
    message.comesThrough(this.now + delay + handshake);
  }
}
