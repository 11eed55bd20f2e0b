/**
 * Erlang's loss formula: the chance that all servers are busy where nobody waits.
 *
 * Rule: B(0) = 1, B(n) = aB(n−1) / (n + aB(n−1)), with a the offered load in Erlangs.
 * Source: Erlang 1917; the recursion as in Kleinrock, Queueing Systems vol. 1, 3.6. Exact for M/G/c/c.
 * Cost: one step a server.
 */

/** @param load arrival rate × mean service time; 0 or more */
export function erlangB(load: number, servers: number): number {
  if (!(load >= 0)) throw new RangeError(`load must be 0 or more, got ${load}`);
  let blocked = 1;
  for (let server = 1; server <= servers; server++) blocked = (load * blocked) / (server + load * blocked);
  return blocked;
}
