/**
 * A key's bytes, as clients send them.
 *
 * Rule: UTF-8; half of a surrogate pair on its own becomes U+FFFD, as TextEncoder writes it.
 * Source: RFC 3629; WHATWG Encoding, UTF-8 encoder.
 * Differs: Java's getBytes writes '?' for a lone surrogate. Cost: O(length); one view a key, no allocation a
 * byte.
 */

let room = new Uint8Array(1024);

/**
 * The UTF-8 bytes of `text`. They are valid until the next call: hash them at once or copy them (`.slice()`),
 * because a million keys are hashed from the same buffer.
 */
export function utf8(text: string): Uint8Array {
  if (text.length * 3 > room.length) room = new Uint8Array(text.length * 6);
  const bytes = room;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    let point = text.charCodeAt(at);
    if (point < 0x80) {
      bytes[length++] = point;
      continue;
    }
    if (point >= 0xd800 && point < 0xe000) {
      point = text.codePointAt(at)!;
      if (point < 0x10000) point = 0xfffd;
      else at++;
    }
    if (point < 0x800) {
      bytes[length++] = 0xc0 | (point >> 6);
    } else {
      if (point < 0x10000) {
        bytes[length++] = 0xe0 | (point >> 12);
      } else {
        bytes[length++] = 0xf0 | (point >> 18);
        bytes[length++] = 0x80 | ((point >> 12) & 0x3f);
      }
      bytes[length++] = 0x80 | ((point >> 6) & 0x3f);
    }
    bytes[length++] = 0x80 | (point & 0x3f);
  }
  return bytes.subarray(0, length);
}
