/**
 * A UUID's sixteen bytes, most significant first.
 *
 * Rule: 32 hexadecimal digits with the four dashes of RFC 4122, either case. Cost: O(1).
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The bytes of the UUID that `text` writes, or undefined if it writes none. */
export function uuidBytes(text: string): Uint8Array | undefined {
  if (!UUID.test(text)) return undefined;
  const digits = text.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16));
}
