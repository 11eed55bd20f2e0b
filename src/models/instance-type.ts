/** A cloud's instance type taken apart: `m6i.2xlarge` is family `m6i`, and four times the size `large`. */
export interface InstanceType {
  readonly family: string;
  readonly size: string;
  /** Sizes of one family are multiples of `large`, in vCPUs, memory and price alike. */
  readonly larges: number;
}

const small: Readonly<Record<string, number>> = {
  nano: 1 / 16,
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
};

/** Reads `m6i.2xlarge`; undefined for words that are no type. */
export function instanceType(name: string): InstanceType | undefined {
  const [, family, size, times] = /^([a-z][a-z0-9-]*)\.((\d+)?[a-z]+)$/.exec(name) ?? [];
  if (family === undefined) return undefined;
  const larges =
    times === undefined ? small[size] : size === `${times}xlarge` ? 2 * Number(times) : undefined;
  return larges === undefined || larges === 0 ? undefined : { family, size, larges };
}
