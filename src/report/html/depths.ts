/** A thing and what it calls. */
export interface Calling {
  readonly id: string;
  readonly calls: readonly string[];
}

/**
 * How deep each thing lies below the callers outside: 0 is called by nobody, and every other one lies below all that
 * call it (the longest chain of calls). Calls that close a circle are left out. What neither calls nor is called stands
 * below everything.
 */
export function depthsOf(things: readonly Calling[]): Map<string, number> {
  const calls = new Map(things.map(({ id, calls: targets }) => [id, targets]));
  const isCalled = new Set(things.flatMap(({ calls: targets }) => targets));
  const depths = new Map<string, number>();
  const path = new Set<string>();
  const sink = (id: string, depth: number): void => {
    if (path.has(id) || !calls.has(id) || (depths.get(id) ?? -1) >= depth) return;
    depths.set(id, depth);
    path.add(id);
    for (const target of calls.get(id) ?? []) sink(target, depth + 1);
    path.delete(id);
  };
  const linked = things.filter(({ id, calls: targets }) => isCalled.has(id) || targets.length > 0);
  for (const { id } of linked) if (!isCalled.has(id)) sink(id, 0);
  // Circles that nobody outside calls into.
  for (const { id } of linked) if (!depths.has(id)) sink(id, 0);
  const bottom = Math.max(-1, ...depths.values()) + 1;
  for (const { id } of things) if (!depths.has(id)) depths.set(id, bottom);
  return depths;
}
