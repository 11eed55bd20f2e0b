/** What the command's exit status says. */
export const exitCode = { kept: 0, failed: 1, usage: 2, internal: 3, interrupted: 130 } as const;

/** Ends the command with a code and, where there is one, a message on stderr. Thrown by commands only. */
export class Stop extends Error {
  constructor(
    readonly code: number,
    message = '',
  ) {
    super(message);
  }
}
