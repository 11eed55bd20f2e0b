/** Looks at the regions now and then, and tells when something is amiss. */
export interface Monitor {
  /** Whether all that it watches in a region was well when it last looked. */
  isContent(region: number): boolean;
  /** An attempt in a region has ended; seconds, Infinity where no answer came. */
  attemptEnded(region: number, seconds: number): void;
  /** Whether it watches at all. */
  readonly watches: boolean;
}

export const monitoringSection = 'monitoring';
