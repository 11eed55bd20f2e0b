import type { Brancher } from '../control/branch.ts';
import { finish } from '../control/finish.ts';
import type { Cursor, Root } from '../cursor.ts';
import { Step } from '../step.ts';
import { Ask, LooksUp, type LookupSite, visitAt } from './lookup.ts';
import type { Visit } from './visit.ts';

/** Asks all other regions at once: the first that has the entry answers; nobody has it once the last has said so. */
export class AskAll extends Step {
  private readonly asks: readonly Step[];

  constructor(
    private readonly site: LookupSite,
    private readonly brancher: Brancher,
  ) {
    super(site.found);
    this.asks = site.cache.regions.slice(1).map((_, at) => {
      const visit = visitAt(site, at + 1);
      return new Ask(visit, new AtOneOfAll(site, visit));
    });
  }

  enter(cursor: Cursor): void {
    const race = new Race(cursor, this.site, this.asks.length);
    const children = this.asks.map((_, at) => this.brancher.branch(cursor, at, race));
    children.forEach((child, at) => {
      child.go(this.asks[at]);
    });
  }
}

/** At one of the nodes that were asked at once; the child notes in its scratch whether it found the entry. */
class AtOneOfAll extends LooksUp {
  constructor(site: LookupSite, visit: Visit) {
    super(finish, site, visit);
  }

  protected heard(child: Cursor, isHit: boolean, answerAt: number): void {
    child.scratch = isHit ? 1 : 0;
    child.resumeAt(answerAt, this.next);
  }
}

/** The answers of all that were asked at once. The one that decides is the critical path: its time is the parent's. */
class Race implements Root {
  private readonly wait: number;

  constructor(
    private readonly parent: Cursor,
    private readonly site: LookupSite,
    private left: number,
  ) {
    // Where it goes on is known when the answer is: `decide` waits anew.
    this.wait = parent.awaitAt(site.nowhere);
  }

  completed(child: Cursor): void {
    this.left -= 1;
    const isFound = child.scratch === 1;
    if ((isFound || this.left === 0) && this.parent.awaits(this.wait)) this.decide(child, isFound);
    child.release();
  }

  failed(child: Cursor): void {
    child.scratch = 0;
    this.completed(child);
  }

  private decide(child: Cursor, isFound: boolean): void {
    const { parent, site } = this;
    const { now } = parent;
    parent.absorb(child);
    const home = site.cache.orderFrom(parent.place)[0];
    site.cache.answered(home, isFound ? 'remote' : 'nowhere', now, now - parent.scratch);
    parent.awaitAt(isFound ? site.found : site.nowhere);
    parent.finished();
  }
}
