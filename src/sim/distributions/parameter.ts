/** Parameters outside a distribution's domain are mistakes of the caller: users' numbers are checked before they come here. */

export function requirePositive(what: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${what} must be positive and finite, not ${value}`);
  }
}

export function requireNotNegative(what: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${what} must be finite and at least 0, not ${value}`);
  }
}
