import { toTicks } from '../sim/clock.ts';
import type { Agenda } from '../sim/simulation.ts';
import type { HeldUp, HeldUpWay, Network } from './contracts/network.ts';

/** Kafka's request.timeout.ms, and socket.connection.setup.timeout.max.ms: 30 s both. */
const patience = toTicks(30);

/**
 * A message of a Kafka client (a consumer, a mirror) that gets nowhere. The client waits for half a minute for the request
 * that it has sent, and then opens a connection anew, again and again: at 1, 3, 7 and 15 s of each try something is sent.
 *
 * Source: Apache Kafka 4.0, ClientConfigs and CommonClientConfigs: request.timeout.ms 30 s, connection setup 10 s at first
 * and 30 s at most. Differs: each try lasts the most; the back-off between tries (50 ms to 1 s) is left out, and so is the
 * request that is sent anew when it is the answer that was lost.
 */
export class StuckMessage implements HeldUp {
  private tries = 0;
  private isThrough = false;

  /** @param arrived is told when the message will be there, once it is under way */
  constructor(
    private readonly network: Network,
    private readonly agenda: Agenda,
    private readonly clock: { readonly now: number },
    private readonly way: Omit<HeldUpWay, 'isOpening'>,
    private readonly arrived: (instant: number) => void,
  ) {
    this.attempt(false);
  }

  private attempt(isOpening: boolean): void {
    const { agenda, clock, network, way } = this;
    const { from, to, uniform } = way;
    this.tries += 1;
    const delay = network.delay(from, to, uniform);
    if (delay < Number.POSITIVE_INFINITY) {
      const handshake = isOpening ? network.nominalDelay(from, to) + network.nominalDelay(to, from) : 0;
      this.comesThrough(clock.now + delay + handshake);
      return;
    }
    network.hold(this, this.tries, { ...way, isOpening });
    agenda.after(patience, {
      fire: () => {
        if (!this.isThrough) this.attempt(true);
      },
    });
  }

  awaits(wait: number): boolean {
    return wait === this.tries && !this.isThrough;
  }

  comesThrough(instant: number): void {
    if (instant === Number.POSITIVE_INFINITY) return;
    this.isThrough = true;
    this.arrived(instant);
  }

  /** It has tried anew long before. */
  givenUp(): void {}
}
