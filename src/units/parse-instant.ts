/** Reads instants in ISO 8601: a day, or a day and a time with its zone. */

import { exampleHint, notA, type ParsedQuantity } from './parsed-quantity.ts';

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?\s*(Z|z|[+-]\d{2}:?\d{2})?)?$/;

/** Milliseconds since 1970-01-01T00:00Z. A day alone is its midnight, UTC; a time needs a zone. */
export function parseInstant(text: string): ParsedQuantity {
  const parts = pattern.exec(text);
  if (!parts) return notA(text, 'instant');
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const zone = parts[8];
  if (parts[4] !== undefined && zone === undefined) {
    return {
      problem: `${text} has no time zone`,
      hint: `write ${text.replace(/\s+/, 'T')}Z for UTC, or +02:00 at its end`,
    };
  }
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  const isInCalendar = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  if (!isInCalendar || hour > 23 || minute > 59 || second > 59) {
    return { problem: `${text} is not in the calendar`, hint: exampleHint('instant') };
  }
  const milliseconds = Number((parts[7] ?? '0').padEnd(3, '0'));
  return {
    value: midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offsetOf(zone),
  };
}

/** Milliseconds that a zone's clocks are ahead of UTC. */
function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits[0] === '-' ? -1 : 1) * minutes * 60_000;
}
