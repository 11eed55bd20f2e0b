import { readdirSync, readFileSync } from 'node:fs';
import { extname, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor, type VisitorObject } from 'vite';

/** Paths from the project's root, with forward slashes, to texts. */
export type Texts = ReadonlyMap<string, string>;

/** A rule answers with every place that breaks it: `path:line what is wrong`. */
export type Rule = (texts: Texts) => string[];

export interface Import {
  /** A path from the project's root, or a package's name. */
  readonly target: string;
  readonly isOfProject: boolean;
  readonly line: number;
}

export interface Source {
  readonly path: string;
  readonly imports: readonly Import[];
  /** Walks the syntax tree; `at` turns a node into `path:line`. */
  visit(visitor: (at: (node: { start: number }) => string) => VisitorObject): void;
}

const TEXT = new Set(['.ts', '.js', '.mjs', '.json', '.md', '.yaml', '.yml', '.html', '.csv', '.sh', '']);
const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', 'out', '.git']);

/** Reads the text files below folders (or single files) of this project. */
export function readProject(...below: string[]): Texts {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const texts = new Map<string, string>();
  const read = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = `${folder}${entry.name}`;
      const inProject = relative(root, path).split(sep).join(posix.sep);
      if (NOT_OURS.has(entry.name)) continue;
      if (entry.isDirectory()) read(`${path}/`);
      else if (entry.isFile() && TEXT.has(extname(entry.name)) && isBelow(inProject, below)) {
        texts.set(inProject, readFileSync(path, 'utf8'));
      }
    }
  };
  read(root);
  return texts;
}

const isBelow = (path: string, folders: string[]): boolean =>
  folders.length === 0 || folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

const parsed = new Map<string, Source>();

/** The TypeScript sources below src, parsed; each text once, since every rule asks. */
export function sourcesOf(texts: Texts): Source[] {
  const sources: Source[] = [];
  for (const [path, text] of texts) {
    if (!path.startsWith('src/') || !path.endsWith('.ts')) continue;
    const key = `${path}\0${text}`;
    const source = parsed.get(key) ?? parseSource(path, text);
    parsed.set(key, source);
    sources.push(source);
  }
  return sources;
}

function parseSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0].message}`);
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const visit: Source['visit'] = (visitor) => {
    new Visitor(visitor((node) => `${path}:${lineOf(node.start)}`)).visit(program);
  };

  const imports: Import[] = [];
  const note = (node: { value?: unknown; start: number } | null | undefined): void => {
    if (typeof node?.value !== 'string') return;
    const isOfProject = node.value.startsWith('.');
    const target = isOfProject ? posix.join(posix.dirname(path), node.value) : node.value;
    imports.push({ target, isOfProject, line: lineOf(node.start) });
  };
  visit(() => ({
    ImportDeclaration: (node) => note(node.source),
    ExportNamedDeclaration: (node) => note(node.source),
    ExportAllDeclaration: (node) => note(node.source),
    ImportExpression: (node) => note(node.source as { value?: unknown; start: number }),
    TSImportType: (node) => note(node.source),
  }));
  return { path, imports, visit };
}
