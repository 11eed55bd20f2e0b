/** Where a share stands on an axis of nines: log10 1/(1 − share), so that 90%, 99% and 99.9% lie equally far apart. */
export const nines = (share: number): number => -Math.log10(1 - share);
