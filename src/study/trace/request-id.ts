/** Which operation of which run a report means by `1-5b9d10c2-2f1`. */
export interface RequestId {
  /** The first is 0. */
  readonly run: number;
  /** As the tracer writes it: `5b9d10c2-2f1`. */
  readonly operation: string;
}

/** Undefined where a text is none. */
export function requestIdOf(text: string): RequestId | undefined {
  const parts = /^([1-9]\d{0,5})-([0-9a-f]{1,8})-([0-9a-f]{1,8})$/i.exec(text.trim());
  if (parts === null) return undefined;
  const word = (digits: string) => Number.parseInt(digits, 16).toString(16);
  return { run: Number(parts[1]) - 1, operation: `${word(parts[2])}-${word(parts[3])}` };
}
