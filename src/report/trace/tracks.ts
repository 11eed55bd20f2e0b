/** Numbers of the tracks of one process: one for what a thread does in a place. */
export class Tracks {
  readonly all: { readonly tid: number; readonly name: string }[] = [];
  private readonly numbers = new Map<string, number>();

  /** @param first number to give */
  constructor(private readonly first: number) {}

  /** @param name what it is called when it is new */
  of(thread: number, place: string, name: string): number {
    const key = `${thread} ${place}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const tid = this.first + this.all.length;
    this.numbers.set(key, tid);
    this.all.push({ tid, name });
    return tid;
  }
}
