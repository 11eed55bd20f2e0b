/** How far a replica must be with a write before it counts as an answer. */
export type AnswerPoint = 'received' | 'flushed' | 'applied';

/**
 * The answers that a waiting write's primary gets from its replicas, which are known as soon as it has shipped the write.
 *
 * Rule: a replica's answer comes back after those to earlier writes (they share a connection, and a later answer stands
 * for all before it); a write that waits for k replicas goes on with the k-th answer.
 * Source: PostgreSQL's `synchronous_standby_names = ANY k (…)`, with `synchronous_commit` at remote_write, on or
 * remote_apply. Cost: replicas × k comparisons a waiting write; no event.
 */
export class ReplicaAnswers {
  private readonly last: Readonly<Record<AnswerPoint, Float64Array>>;
  private readonly answers: Float64Array;

  constructor(replicas: number) {
    this.last = {
      received: new Float64Array(replicas),
      flushed: new Float64Array(replicas),
      applied: new Float64Array(replicas),
    };
    this.answers = new Float64Array(replicas);
  }

  /** A replica's answer to the write now shipped would be back at this instant. */
  note(replica: number, point: AnswerPoint, instant: number): void {
    const last = this.last[point];
    if (instant > last[replica]) last[replica] = instant;
    this.answers[replica] = last[replica];
  }

  /** The instant of the k-th answer to the write now shipped, all noted. */
  kth(count: number): number {
    return kthLeast(this.answers, count);
  }
}

/** The k-th least of some instants, which it reorders; 0 for k = 0. */
export function kthLeast(answers: Float64Array, count: number): number {
  if (count === 0) return 0;
  for (let rank = 0; rank < count; rank += 1) {
    let least = rank;
    for (let at = rank + 1; at < answers.length; at += 1) if (answers[at] < answers[least]) least = at;
    const answer = answers[least];
    answers[least] = answers[rank];
    answers[rank] = answer;
  }
  return answers[count - 1];
}
