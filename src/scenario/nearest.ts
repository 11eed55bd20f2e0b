/**
 * The valid word that somebody most likely meant.
 *
 * Rule: the least number of insertions, deletions, substitutions and swaps of neighbours (the Damerau–Levenshtein
 * distance with adjacent transpositions, "optimal string alignment"), at most a third of the longer word.
 * Source: F. J. Damerau, "A technique for computer detection and correction of spelling errors", 1964.
 * Differs: case, hyphens and underscores cost nothing, and a word that begins with the other is near too.
 * Cost: O(n·m) a candidate.
 */

/** The nearest of the candidates, or undefined when none is near enough to be worth a suggestion. */
export function nearestWord(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = likeness(word, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function likeness(word: string, candidate: string): number {
  const a = folded(word);
  const b = folded(candidate);
  if (a === b) return 0;
  const distance = editDistance(a, b);
  if (distance <= Math.max(1, Math.floor(Math.max(a.length, b.length) / 3)) && distance < b.length)
    return distance;
  const shorter = Math.min(a.length, b.length);
  return shorter >= 3 && (a.startsWith(b) || b.startsWith(a)) ? distance : Number.POSITIVE_INFINITY;
}

function folded(word: string): string {
  return word.toLowerCase().replaceAll(/[-_\s]/g, '');
}

/** Edits that turn one word into the other, a swap of neighbours counting as one. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, substitution);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
