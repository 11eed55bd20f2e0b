/**
 * Filling a Maglev table: backends take turns, each taking the next free entry of its own permutation.
 *
 * Source: Eisenbud et al., Maglev, NSDI 2016, §3.4. Cost: about size · ln size probes in all.
 */

/** Says whether a backend may take an entry now; asked once a turn, repeatedly until it says no. */
export type Turn = (backend: number, takenThisTurn: number) => boolean;

/**
 * The backend of each entry. `position(backend, step)` is a permutation of the entries; `mayTake` rules each
 * turn. The caller sees to it that a backend may take something in some turn, or the table would never be
 * full.
 */
export function maglevTable(
  backendCount: number,
  size: number,
  position: (backend: number, step: number) => number,
  mayTake: Turn,
): Int32Array {
  const table = new Int32Array(size).fill(-1);
  const steps = new Float64Array(backendCount);
  for (let filled = 0; ; ) {
    for (let backend = 0; backend < backendCount; backend++) {
      for (let taken = 0; mayTake(backend, taken); taken++) {
        let entry = position(backend, steps[backend]++);
        while (table[entry] >= 0) entry = position(backend, steps[backend]++);
        table[entry] = backend;
        filled++;
        if (filled === size) return table;
      }
    }
  }
}
