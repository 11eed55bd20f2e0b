import { createInterface, type Interface } from 'node:readline';
import type { Read } from '../reference/first-scenario.ts';
import { exitCode, Stop } from './exit.ts';

/** Questions on a terminal, one after the other; the answers come from stdin, the questions go to stderr. */
export class Questions {
  private readonly lines: Interface;
  /** Lines that came before they were asked for: pasted, or typed ahead. */
  private readonly early: string[] = [];
  private waiting: ((line: string) => void) | undefined;
  private isOver = false;

  constructor(
    input: NodeJS.ReadableStream = process.stdin,
    private readonly output: NodeJS.WritableStream = process.stderr,
  ) {
    this.lines = createInterface({ input, output });
    this.lines.on('line', (line) => this.give(line));
    this.lines.on('close', () => {
      this.isOver = true;
      if (this.waiting !== undefined) this.give('');
    });
    // readline takes Ctrl-C for itself while it reads a line. Nobody is answered then: the signal ends the command.
    this.lines.on('SIGINT', () => {
      this.waiting = undefined;
      this.lines.close();
      process.emit('SIGINT');
    });
  }

  /** Asks until the answer can be taken; an empty one, or the end of the input, stands for the default. */
  async ask<Value>(question: string, byDefault: string, read: (text: string) => Read<Value>): Promise<Value> {
    for (;;) {
      const text = await this.line(`${question} [${byDefault}] `);
      const answer = read(text.trim() === '' ? byDefault : text);
      if ('value' in answer) return answer.value;
      if (this.isOver && this.early.length === 0) throw new Stop(exitCode.usage, `error: ${answer.problem}`);
      this.output.write(`  ${answer.problem}\n`);
    }
  }

  close(): void {
    this.lines.close();
  }

  private give(line: string): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting === undefined) this.early.push(line);
    else waiting(line);
  }

  private line(question: string): Promise<string> {
    this.lines.setPrompt(question);
    if (!this.isOver) this.lines.prompt();
    const early = this.early.shift() ?? (this.isOver ? '' : undefined);
    if (early !== undefined) return Promise.resolve(early);
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }
}
