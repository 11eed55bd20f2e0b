/**
 * When TCP sends again what nobody acknowledged, and when it gives up.
 *
 * Rule: the n-th repetition follows the one before after `first` × 2^(n−1), at most `longest`; a connection being
 * opened gives up after its last repetition's own wait, an open one at the first repetition due after `limit`.
 * Source: Linux, Documentation/networking/ip-sysctl.rst: tcp_syn_retries 6 with a first wait of 1 s (the last
 * repetition after 63 s, the end after 127 s), tcp_retries2 15 (924.6 s at least), tcp_rto_min_us 200 ms, tcp_rto_max_ms
 * 120 s. An open connection's first wait is the smoothed round trip plus its variation, which tcp_rto_min bounds below
 * (RFC 6298): for a steady round trip that is the round trip plus 200 ms.
 * Differs: since Linux 6.5 the first four repetitions of an opening are a second apart, and it ends after 131 s. A message
 * is one segment with nothing behind it, so no later segment tells of its loss: neither fast retransmit nor a tail loss
 * probe (which waits for two round trips and 200 ms when one segment is out) comes before the timer.
 * Cost: one step a repetition, at most fifteen or so.
 */
export interface Persistence {
  /** From the first sending to the first repetition, in any unit of time; so are the others. */
  readonly first: number;
  /** Longest wait between two. */
  readonly longest: number;
  /** No repetition is sent from here on, counted from the first sending. */
  readonly limit: number;
}

/** A connection that is being opened. @param second a second in the unit to be used */
export const opening = (second: number): Persistence => ({
  first: second,
  longest: 120 * second,
  limit: 127 * second,
});

/** A connection that is open. @param second a second in the unit of `roundTrip` */
export const open = (roundTrip: number, second: number): Persistence => ({
  first: roundTrip + 0.2 * second,
  longest: 120 * second,
  limit: 924.6 * second,
});

/** The first repetition at or after `elapsed` since the first sending; Infinity where it is given up before. */
export function repetitionFrom({ first, longest, limit }: Persistence, elapsed: number): number {
  let wait = first;
  for (let at = first; at < limit; at += wait) {
    if (at >= elapsed) return at;
    wait = Math.min(wait * 2, longest);
  }
  return Number.POSITIVE_INFINITY;
}

/** When it is given up, counted from the first sending: at the first repetition that is due at the limit or later. */
export function givenUpAfter({ first, longest, limit }: Persistence): number {
  let at = first;
  for (let wait = first; at < limit; at += wait) wait = Math.min(wait * 2, longest);
  return at;
}

/** What `count` losses in a row add to a message's way. */
export function delayOfLosses({ first, longest }: Persistence, count: number): number {
  let sum = 0;
  let wait = first;
  for (let lost = 0; lost < count; lost += 1) {
    sum += wait;
    wait = Math.min(wait * 2, longest);
  }
  return sum;
}

/**
 * How often in a row a message is lost where each sending is lost with chance `share`, for a uniform draw: P(n or more) =
 * shareⁿ, by inversion.
 */
export const lossesInARow = (share: number, uniform: number): number =>
  share <= 0 ? 0 : Math.floor(Math.log(uniform) / Math.log(share));

/** What of a uniform draw `lossesInARow` has not used: uniform again. */
export const uniformLeft = (share: number, uniform: number, losses: number): number =>
  share <= 0 ? uniform : (uniform / share ** losses - share) / (1 - share);
