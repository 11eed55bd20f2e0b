import { type Sample, shareOf } from '../algorithms/recovery/normality.ts';
import { isShare, type Vital } from '../vital.ts';

/** Looks, one a second, that a course remembers: five minutes. */
const memory = 300;
/** Looks that a share is taken over at least, and at most where it takes so long until enough has been seen. */
const window = { least: 10, most: 60, cases: 100 } as const;

/** With fewer nobody knows what is usual. */
const fewest = { looks: 30, cases: 100 } as const;

/** What a vital sign was like over some minutes. Of a share, the cases; of a level, its mean, its highest, and how it went. */
export interface Condition {
  /** Whether enough was seen to hold something against it: half a minute, and of a share a hundred cases. */
  readonly isKnown: boolean;
  readonly sample: Sample;
  readonly mean: number;
  readonly highest: number;
  /** Mean of the later half of the looks less that of the earlier. */
  readonly growth: number;
}

/** The last minutes of one vital sign. */
export class Course {
  private readonly parts = new Float64Array(memory);
  private readonly wholes = new Float64Array(memory);
  /** Looks so far. */
  private looks = 0;

  constructor(readonly vital: Vital) {}

  look(): void {
    const { vital } = this;
    const slot = this.looks % memory;
    this.parts[slot] = isShare(vital) ? vital.part() : vital.level();
    if (isShare(vital)) this.wholes[slot] = vital.whole();
    this.looks += 1;
  }

  get level(): number {
    return this.looks === 0 ? 0 : this.parts[(this.looks - 1) % memory];
  }

  /** Looks that it can tell of. */
  private get known(): number {
    return Math.min(this.looks, memory);
  }

  /** The share of late: over ten seconds, or longer where too few cases came in them. */
  get share(): Sample {
    let looks = window.least;
    while (looks < window.most && this.over(looks).whole < window.cases) looks += window.least;
    return this.over(looks);
  }

  /** Cases of the last looks. */
  private over(looks: number): Sample {
    const span = Math.min(looks, this.known - 1);
    if (span <= 0) return { part: 0, whole: 0 };
    const last = (this.looks - 1) % memory;
    const first = (this.looks - 1 - span) % memory;
    return {
      part: this.parts[last] - this.parts[first],
      whole: this.wholes[last] - this.wholes[first],
    };
  }

  /** All that is remembered, taken together. */
  get condition(): Condition {
    const { known } = this;
    if (isShare(this.vital)) {
      const sample = this.over(known);
      const share = shareOf(sample);
      const isKnown = known >= fewest.looks && sample.whole >= fewest.cases;
      return { isKnown, sample, mean: share, highest: share, growth: 0 };
    }
    let [sum, late, highest] = [0, 0, 0];
    for (let back = 0; back < known; back += 1) {
      const level = this.parts[(this.looks - 1 - back) % memory];
      sum += level;
      if (back < known / 2) late += level;
      highest = Math.max(highest, level);
    }
    const half = Math.ceil(known / 2);
    const growth = known < 2 ? 0 : late / half - (sum - late) / (known - half);
    return {
      isKnown: known >= fewest.looks,
      sample: { part: 0, whole: 0 },
      mean: known === 0 ? 0 : sum / known,
      highest,
      growth,
    };
  }
}
