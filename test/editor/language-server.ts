import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const server = createRequire(import.meta.url).resolve('yaml-language-server/bin/yaml-language-server');

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: Place };
}

export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Completion {
  readonly label: string;
  readonly documentation?: string | { readonly value: string };
}

/** yaml-language-server as an editor starts it: over its standard streams, as the Language Server Protocol has it. */
export class LanguageServer {
  private readonly process = spawn(process.execPath, [server, '--stdio']);
  private readonly answers = new Map<number, (message: Message) => void>();
  private readonly found = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  private unread = Buffer.alloc(0);
  private asked = 0;

  constructor() {
    this.process.stdout.on('data', (chunk: Buffer) => this.read(chunk));
  }

  async start(): Promise<void> {
    await this.ask('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        textDocument: { completion: { completionItem: { documentationFormat: ['markdown'] } } },
      },
    });
    this.tell('initialized', {});
    this.tell('workspace/didChangeConfiguration', {
      settings: {
        yaml: { completion: true, hover: true, validate: true, schemaStore: { enable: false } },
        http: {},
      },
    });
  }

  /** Opens a text as a file of this path; gives what is wrong with it. */
  open(path: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = pathToFileURL(path).href;
    const diagnostics = new Promise<readonly Diagnostic[]>((resolve) => this.found.set(uri, resolve));
    this.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return diagnostics;
  }

  async complete(path: string, position: Place): Promise<readonly Completion[]> {
    const result = await this.ask('textDocument/completion', at(path, position));
    return Array.isArray(result) ? result : (result as { items: Completion[] }).items;
  }

  async hover(path: string, position: Place): Promise<string> {
    const result = (await this.ask('textDocument/hover', at(path, position))) as {
      contents: { value: string };
    } | null;
    return result?.contents.value ?? '';
  }

  stop(): void {
    this.process.kill();
  }

  private ask(method: string, params: unknown): Promise<unknown> {
    const id = ++this.asked;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.answers.set(id, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${error.message}`)),
      );
    });
    this.send({ id, method, params });
    return answer;
  }

  private tell(method: string, params: unknown): void {
    this.send({ method, params });
  }

  private send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  private read(chunk: Buffer): void {
    this.unread = Buffer.concat([this.unread, chunk]);
    for (;;) {
      const end = this.unread.indexOf('\r\n\r\n');
      const length = Number(
        /Content-Length: (\d+)/.exec(this.unread.toString('utf8', 0, Math.max(0, end)))?.[1],
      );
      if (end < 0 || this.unread.length < end + 4 + length) return;
      const text = this.unread.toString('utf8', end + 4, end + 4 + length);
      this.unread = this.unread.subarray(end + 4 + length);
      this.take(JSON.parse(text));
    }
  }

  private take(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined) {
      this.answers.get(id as number)?.(message);
      return;
    }
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: Diagnostic[] };
      this.found.get(uri)?.(diagnostics);
    }
    // A question of the server's (its settings, where its capabilities are noted): the ones it was told hold.
    if (id !== undefined) this.send({ id, result: null });
  }
}

const at = (path: string, position: Place) => ({
  textDocument: { uri: pathToFileURL(path).href },
  position,
});
