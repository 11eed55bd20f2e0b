import type { Simulation } from '../../sim/simulation.ts';

/** Time that a group's members spend on records, and time that they are there. */
export class Work {
  busyTicks = 0;
  memberTicks = 0;
  private busy = 0;
  private members = 0;
  private accountedAt = 0;

  constructor(private readonly simulation: Simulation) {}

  /** Members start or stop working. */
  changed(by: number): void {
    this.account();
    this.busy += by;
  }

  /** Members come or go. */
  setMembers(members: number): void {
    this.account();
    this.members = members;
  }

  account(): void {
    const { now } = this.simulation;
    const elapsed = now - this.accountedAt;
    this.busyTicks += this.busy * elapsed;
    this.memberTicks += this.members * elapsed;
    this.accountedAt = now;
  }

  openWindow(): void {
    this.account();
    this.busyTicks = 0;
    this.memberTicks = 0;
  }

  /** Busy time over time of all members together; 0 without members. */
  get utilization(): number {
    return this.memberTicks === 0 ? 0 : this.busyTicks / this.memberTicks;
  }
}
