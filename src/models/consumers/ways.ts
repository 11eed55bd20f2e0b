import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Random } from '../../sim/random/streams.ts';
import type { Agenda } from '../../sim/simulation.ts';
import type { Network } from '../contracts/network.ts';
import { StuckMessage } from '../stuck-message.ts';
import type { MeasuredWindow } from '../window.ts';
import type { Fetched } from './claim.ts';

/** What messages between a group's members and its brokers take, and carry. Nanoseconds. */
export class Ways {
  /** Bytes of records that members fetched in the measured window. */
  bytesFetched = 0;

  constructor(
    /** Of the brokers. */
    private readonly cluster: number,
    /** Bytes. */
    private readonly recordSize: number,
    private readonly network: Network,
    private readonly draws: KeyedDraws,
    private readonly random: Random,
    private readonly window: MeasuredWindow,
    private readonly agenda: Agenda,
    private readonly clock: { readonly now: number },
  ) {}

  /** Whether a message between a member and its brokers gets nowhere: `arrived` is told when it will be there after all. */
  stuck(place: number, isAnswer: boolean, arrived: (instant: number) => void): void {
    const [from, to] = isAnswer ? [this.cluster, place] : [place, this.cluster];
    new StuckMessage(this.network, this.agenda, this.clock, { from, to, uniform: this.random() }, arrived);
  }

  /** As `ofMember`, as it would be were all well. */
  usual(place: number): number {
    const way = this.ofMember(place);
    return way < Number.POSITIVE_INFINITY ? way : this.network.nominalDelay(place, this.cluster);
  }

  /** From a member to a broker, or back, of what belongs to no record. */
  ofMember(place: number): number {
    return this.network.delay(place, this.cluster, this.random());
  }

  /** Of a fetch from a member to its broker; the first of the records just polled says how long it takes. */
  ofFetch(place: number, polled: readonly Fetched[], broker: number): number {
    if (polled.length === 0) return this.ofMember(place);
    const { claim, from } = polled[0];
    const { high, low } = claim.partition.log.at(from);
    return this.network.delay(place, this.cluster, this.draws.uniform(high, low, 2 * broker + 1));
  }

  /** Of an answer with so many records; the first of them says how long it takes. */
  ofAnswer(place: number, answer: readonly Fetched[], records: number, broker: number): number {
    if (answer.length === 0) return this.ofMember(place);
    const { claim, from } = answer[0];
    const { high, low } = claim.partition.log.at(from);
    const { network, recordSize, window } = this;
    network.carry(this.cluster, place, records * recordSize);
    if (window.open) this.bytesFetched += records * recordSize;
    return network.delay(this.cluster, place, this.draws.uniform(high, low, 2 * broker));
  }
}
