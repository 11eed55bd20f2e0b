/** What a store lost of what it had acknowledged, when one history of it ended and another began. */
export interface RecoveryPoint {
  /** Name of the fault that ended the old history; undefined where none did. */
  readonly fault: string | undefined;
  /** From the commit of the oldest acknowledged write that is lost to the end of the old history; 0 where none is. */
  readonly seconds: number;
  /** Acknowledged writes that are lost, in rows. */
  readonly lost: number;
}
