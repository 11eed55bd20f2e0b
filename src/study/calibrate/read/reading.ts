import type { CalibrationSource } from '../../../result/index.ts';
import type { Problem } from '../../../scenario/index.ts';
import type { Dimension } from '../../../units/index.ts';
import type { Cell } from '../sample.ts';

/** What the user said of the files. */
export interface ReadOptions {
  /** Whether instants of arrivals are wanted rather than values. */
  readonly arrivals: boolean;
  /** Of a CSV file: the column's name, or its number from 1. */
  readonly column?: string;
  /** Of a CSV file of arrivals: the column with how many came at each instant. */
  readonly count?: string;
  /** Of k6 and Prometheus. */
  readonly metric?: string;
  /** Of an HdrHistogram log. */
  readonly tag?: string;
  /** Of Prometheus: only series with these labels. */
  readonly labels: Readonly<Record<string, string>>;
  /** Unit of numbers that have none. */
  readonly unit?: string;
  /** The load was sent at its own times, whatever the answers: nothing was omitted. */
  readonly openLoop: boolean;
}

/** Values of one quantity in its base unit, and what they are multiples of as they are written. */
export interface ReadValues {
  readonly values: readonly number[];
  readonly step: number;
}

/** Instants in seconds, with how many arrivals each stands for. */
export interface ReadTimes {
  readonly instants: readonly number[];
  readonly weights?: readonly number[];
  /** Whether instants are Unix time: else no hour of the day is known. */
  readonly isUnixTime: boolean;
}

/** What one file holds: values, counts between bounds, or instants. */
export interface Reading {
  readonly source: CalibrationSource;
  readonly dimension: Dimension;
  readonly values?: ReadValues;
  readonly cells?: readonly Cell[];
  readonly times?: ReadTimes;
  readonly warnings: readonly string[];
}

/** One format of files. Pure: the command reads the file. */
export interface Format {
  readonly name: string;
  readonly about: string;
  /** Whether a text, by its beginning, is of this format. */
  recognises(text: string): boolean;
  read(file: string, text: string, options: ReadOptions): Reading | Problem[];
}
