/** A part of where a request's time goes: at which station, doing what. */
export interface Segment {
  /** Section and name: `services.desk`; `network` for the way between places. */
  readonly station: string;
  /** `waits for a thread`, `works`, `reads`, `cross-region`. */
  readonly phase: string;
  /** Whether the time is spent waiting for somebody else to finish. */
  readonly waits: boolean;
}

/** The segments of a run, numbered in the order in which assembly asks for them. */
export class Segments {
  readonly list: Segment[] = [];
  private readonly numbers = new Map<string, number>();

  number(station: string, phase: string, waits = false): number {
    const name = `${station} ${phase}`;
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.list.length);
    this.list.push({ station, phase, waits });
    return this.list.length - 1;
  }
}
