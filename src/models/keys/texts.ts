const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A version 4 UUID from 16 random bytes, as RFC 9562 lays them out. */
export function randomUuid(random: () => number): string {
  const bytes: number[] = [];
  for (let at = 0; at < 16; at += 1) bytes.push(Math.floor(random() * 256));
  return uuidOfBytes(bytes);
}

/** The UUID that stands for a number below 2^53: its bits scrambled over the 122 free bits, the same each time. */
export function uuidOfValue(value: number): string {
  let state = ((value % 4294967296) ^ Math.imul(Math.floor(value / 4294967296), 0x9e3779b1)) >>> 0;
  const bytes: number[] = [];
  for (let word = 0; word < 4; word += 1) {
    state = (state + 0x9e3779b9 + Math.floor(value / 4294967296) * (word + 1)) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    mixed = (mixed ^ (mixed >>> 16)) >>> 0;
    bytes.push(mixed & 255, (mixed >>> 8) & 255, (mixed >>> 16) & 255, mixed >>> 24);
  }
  return uuidOfBytes(bytes);
}

function uuidOfBytes(bytes: number[]): string {
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = bytes.map((byte) => hex[byte]);
  return [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8), text.slice(8, 10), text.slice(10)]
    .map((part) => part.join(''))
    .join('-');
}

/** Fills `{n}` and `{uuid}` of a format in. */
export const formatted = (format: string, value: number, uuid: string): string =>
  format.replaceAll('{n}', String(value)).replaceAll('{uuid}', uuid);
