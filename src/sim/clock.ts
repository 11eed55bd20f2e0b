/** Simulated time is counted in integer nanoseconds, exact in a double for 104 days; people's seconds stop here. */
export const ticksPerSecond = 1_000_000_000;

export const toTicks = (seconds: number): number => Math.round(seconds * ticksPerSecond);

export const toSeconds = (ticks: number): number => ticks / ticksPerSecond;
