import type { ServiceHost } from '../contracts/service.ts';
import { finish } from '../control/finish.ts';
import type { Cursor, FrameOwner } from '../cursor.ts';
import type { Step } from '../step.ts';

/** Publishes records that could not be processed to the dead-letter topic, from the instance of their member. */
export class Burial implements FrameOwner {
  constructor(private readonly publish: Step) {}

  enter(cursor: Cursor, host: ServiceHost): void {
    cursor.push(this, finish, cursor.place, host);
    host.occupy?.(cursor);
    cursor.go(this.publish);
  }

  leave(cursor: Cursor): number {
    cursor.host?.vacate?.(cursor);
    return 0;
  }
}
