import { createHash } from 'node:crypto';

/**
 * A unit of work: one run of one scenario. What comes of it is a pure function of these three and of the version, so a unit
 * is done once, anywhere, and its record is found again by what it was made of.
 */
export interface Unit {
  /** The scenario's resolved text: all settings applied, all files inlined. */
  readonly text: string;
  readonly seed: number;
  readonly run: number;
}

/** What a unit's record is stored with. */
export interface UnitStamp {
  /** Of headroom. */
  readonly version: string;
  /** SHA-256 of the scenario's text. */
  readonly scenario: string;
  readonly seed: number;
  readonly run: number;
}

export const stampOf = ({ text, seed, run }: Unit, version: string): UnitStamp => ({
  version,
  scenario: sha256(text),
  seed,
  run,
});

/** The address of a unit: 40 hexadecimal digits of the SHA-256 of its stamp. */
export const addressOf = ({ version, scenario, seed, run }: UnitStamp): string =>
  sha256(JSON.stringify([version, scenario, seed, run])).slice(0, 40);

/** SHA-256 in hexadecimal digits. */
export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');
