/**
 * The life of one key in an LRU with a time to live: from the miss that fills it, through its hits, to the
 * next miss.
 *
 * Rule: with references Poisson at rate λ, an entry is lost once a gap is longer than the characteristic time
 * c (then LRU has evicted it) or T has passed since the fill. Hits per fill, with yⱼ = λ(T − jc)⁺: N = Σⱼ
 * (−1)ʲ e^(−jλc) [yⱼ^(j+1)/(j+1)! + (j ≥ 1) yⱼ^j/j!]; N = λT for T ≤ c, and e^(λc) − 1 for T = ∞.
 * Source: own derivation. The probability S(f) that no gap in [0, f] exceeds c is the classical covering sum
 * over spacings (Feller, vol. II, I.9), averaged over the Poisson count; N = λ∫₀ᵀ S. Without a time to live
 * it is Che, Tung, Wang 2002.
 * Cost: a few terms, one exponential each.
 */

/**
 * Mean number of hits that a fill earns.
 *
 * @param rate references a second
 * @param characteristicTime seconds after which LRU evicts what is not referenced; Infinity where everything
 * fits
 * @param ttl seconds from the fill; Infinity for none
 */
export function hitsPerFill(rate: number, characteristicTime: number, ttl: number): number {
  if (ttl <= characteristicTime) return rate * ttl;
  const load = rate * characteristicTime;
  const survival = Math.exp(-load);
  // Beyond, the time to live takes under e^−15 of the hits; a key this cold has its hits within one
  // characteristic time.
  const longGaps = rate * (ttl - characteristicTime) * survival;
  if (ttl === Number.POSITIVE_INFINITY || longGaps > 15 || load < 1e-3) return Math.expm1(load);

  let sum = rate * ttl;
  let logFactorial = 0;
  for (let j = 1; j * characteristicTime < ttl; j++) {
    logFactorial += Math.log(j);
    const y = rate * (ttl - j * characteristicTime);
    const term = Math.exp(j * Math.log(y * survival) - logFactorial) * (y / (j + 1) + 1);
    sum += j % 2 === 0 ? term : -term;
    if (j > 3 * longGaps && term < 1e-16 * sum) break;
  }
  return sum;
}

/** Share of a key's references that hit. Arguments as for `hitsPerFill`. */
export function keyHitRatio(rate: number, characteristicTime: number, ttl: number): number {
  const hits = hitsPerFill(rate, characteristicTime, ttl);
  return hits === Number.POSITIVE_INFINITY ? 1 : hits / (1 + hits);
}

/**
 * How long ago, at a key's latest reference, the entry had been filled: 0 if that reference was the miss,
 * else drawn with density S over the time to live. After c, S is taken as exponential with the exact mean:
 * right for T ≤ c and in the mean for any T.
 *
 * @param random uniform in [0, 1); two draws at most
 */
export function drawFillAge(
  rate: number,
  characteristicTime: number,
  ttl: number,
  random: () => number,
): number {
  if (random() >= keyHitRatio(rate, characteristicTime, ttl)) return 0;
  const certain = Math.min(characteristicTime, ttl);
  if (certain === ttl) return random() * ttl;
  const load = rate * characteristicTime;
  const meanBeyond = load < 1e-4 ? (load * load) / 2 / rate : (Math.expm1(load) - load) / rate;
  const rest = ttl - certain;
  // An exponential this slow is flat over the rest; its formula would be ∞ · 0.
  const flat = meanBeyond > 1e9 * rest;
  const restArea = flat ? rest : -meanBeyond * Math.expm1(-rest / meanBeyond);
  const area = random() * (certain + restArea);
  if (area < certain) return area;
  return certain + (flat ? area - certain : -meanBeyond * Math.log1p(-(area - certain) / meanBeyond));
}
