import { toTicks } from '../../sim/clock.ts';
import type { KeyedDraws } from '../../sim/random/keyedDraws.ts';
import type { Admissions } from './admissions.ts';
import type { Choice } from './choice.ts';
import type { DnsConfig } from './config.ts';

/** Draws of a resolver's n-th question, by index. */
const drawOf = { share: 0, policy: 1, phase: 2, propagation: 3, draws: 4 } as const;

/**
 * The resolvers of one origin and what each remembers of one name: an answer, until it has run out. They ask again when
 * they are asked themselves, and not before; at the start their answers are of all ages.
 */
export class Resolvers {
  readonly count: number;
  private readonly answers: Int16Array;
  private readonly expiries: Float64Array;
  private readonly questions: Uint32Array;
  /** How late the server that each one asks is. */
  private readonly delays: Float64Array | undefined;
  /** The first so many keep answers for longer. */
  private readonly overstayers: number;
  private readonly ttl: number;
  private readonly overstay: number;

  /** @param site number of this origin and name among all: its draws are its own */
  constructor(
    dns: DnsConfig,
    private readonly choice: Choice,
    private readonly admissions: Admissions,
    private readonly draws: KeyedDraws,
    private readonly origin: number,
    private readonly site: number,
  ) {
    const { overstay, propagation, resolvers, ttl } = dns;
    this.count = resolvers;
    this.ttl = toTicks(ttl);
    this.overstay = Math.max(this.ttl, toTicks(overstay?.for ?? 0));
    this.overstayers = Math.round(resolvers * (overstay?.share ?? 0));
    this.answers = new Int16Array(resolvers);
    this.expiries = new Float64Array(resolvers);
    this.questions = new Uint32Array(resolvers);
    if (propagation !== undefined) {
      this.delays = Float64Array.from({ length: resolvers }, (_, resolver) =>
        toTicks(propagation.quantile(this.draw(resolver, drawOf.propagation))),
      );
    }
    for (let resolver = 0; resolver < resolvers; resolver += 1) {
      this.ask(resolver, 0);
      this.expiries[resolver] *= this.draw(resolver, drawOf.phase);
    }
  }

  /** The answer that a resolver has, or gets, for who asks it now. */
  answer(now: number, resolver: number): number {
    if (now >= this.expiries[resolver]) this.ask(resolver, now);
    return this.answers[resolver];
  }

  /** Instant at which the last answer with a region runs out, of resolvers that keep to the TTL; 0 without any. */
  keptUntil(region: number): number {
    let until = 0;
    for (let resolver = this.overstayers; resolver < this.count; resolver += 1)
      if (this.answers[resolver] === region) until = Math.max(until, this.expiries[resolver]);
    return Math.ceil(until);
  }

  /** Nanoseconds until the last of those resolvers can hear of a change. */
  get newsTime(): number {
    let most = 0;
    for (let resolver = this.overstayers; resolver < this.count; resolver += 1)
      most = Math.max(most, this.delays?.[resolver] ?? 0);
    return most;
  }

  private ask(resolver: number, now: number): void {
    const known = this.admissions.at(now - (this.delays?.[resolver] ?? 0));
    const share = this.draw(resolver, drawOf.share);
    const uniform = this.draw(resolver, drawOf.policy);
    this.questions[resolver] += 1;
    this.answers[resolver] = this.choice.answer(this.origin, known, share, uniform);
    this.expiries[resolver] = now + (resolver < this.overstayers ? this.overstay : this.ttl);
  }

  private draw(resolver: number, index: number): number {
    return this.draws.uniform(this.site, resolver, this.questions[resolver] * drawOf.draws + index);
  }
}
