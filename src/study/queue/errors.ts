/** The server that was named cannot be used: it is out of reach, or no Redis, or works for another version. */
export class UnusableQueue extends Error {}

/** The server has been out of reach for too long, in the middle of the work. */
export class LostQueue extends Error {}
