const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const scratch = new Uint8Array(16);

/** A version 4 UUID from 16 random bytes, as RFC 9562 lays them out. */
export function randomUuid(random: () => number): string {
  for (let at = 0; at < 16; at += 1) scratch[at] = Math.floor(random() * 256);
  return uuidOfBytes(scratch);
}

/** The UUID that stands for a number below 2^53: its bits scrambled over the 122 free bits, the same each time. */
export function uuidOfValue(value: number): string {
  const high = Math.floor(value / 4294967296);
  let state = ((value % 4294967296) ^ Math.imul(high, 0x9e3779b1)) >>> 0;
  for (let word = 0; word < 4; word += 1) {
    state = (state + 0x9e3779b9 + high * (word + 1)) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    mixed ^= mixed >>> 16;
    scratch[4 * word] = mixed;
    scratch[4 * word + 1] = mixed >>> 8;
    scratch[4 * word + 2] = mixed >>> 16;
    scratch[4 * word + 3] = mixed >>> 24;
  }
  return uuidOfBytes(scratch);
}

/** Written out, since topics ask for the text of each conversation that they place. */
function uuidOfBytes(b: Uint8Array): string {
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  return (
    `${hex[b[0]]}${hex[b[1]]}${hex[b[2]]}${hex[b[3]]}-${hex[b[4]]}${hex[b[5]]}-${hex[b[6]]}${hex[b[7]]}-` +
    `${hex[b[8]]}${hex[b[9]]}-${hex[b[10]]}${hex[b[11]]}${hex[b[12]]}${hex[b[13]]}${hex[b[14]]}${hex[b[15]]}`
  );
}

/** A format with places for a value's number, `{n}`, and its UUID, `{uuid}`: taken apart once, for millions of values. */
export class TextFormat {
  private readonly parts: readonly string[];

  /** @param uuid asked for a value's UUID only where the format has a place for it */
  constructor(
    format: string,
    private readonly uuid: (value: number) => string,
  ) {
    this.parts = format.split(/(\{n\}|\{uuid\})/);
  }

  text(value: number): string {
    const { parts } = this;
    let text = parts[0];
    for (let at = 1; at < parts.length; at += 2) {
      text += parts[at] === '{n}' ? value : this.uuid(value);
      text += parts[at + 1];
    }
    return text;
  }
}
