import type { ESTree } from 'vite';
import { type Rule, type Source, sourcesOf } from './source.ts';

/** Folders of src/models that are no kind: pure algorithms, what all callers do, the interfaces through which
 * kinds meet, control flow, what is recorded of a request's way. */
const SHARED_FOLDERS = new Set(['algorithms', 'client', 'contracts', 'control', 'trace']);

/** The one file outside a kind's folder that may reach into it. */
const LIST_OF_KINDS = 'src/models/kinds.ts';

/** Layers that must treat all kinds alike. */
const BLIND_TO_KINDS = /^src\/(models|study|result|report|cli)\/|^src\/index\.ts$/;

/** `services` of src/models/services/model.ts; nothing for what lies in no kind's folder. */
export function kindFolderOf(path: string): string | undefined {
  const folder = /^src\/models\/([^/]+)\//.exec(path)?.[1];
  return folder !== undefined && !SHARED_FOLDERS.has(folder) ? folder : undefined;
}

/** A kind's folder is imported by itself and by the list of kinds. */
export const closedFolders: Rule = (texts) =>
  sourcesOf(texts)
    .filter(({ path }) => path !== LIST_OF_KINDS)
    .flatMap(({ path, imports }) =>
      imports.flatMap(({ target, isOfProject, line }) => {
        const folder = isOfProject ? kindFolderOf(target) : undefined;
        if (folder === undefined || folder === kindFolderOf(path)) return [];
        return [`${path}:${line} only ${LIST_OF_KINDS} may import from src/models/${folder}: ${target}`];
      }),
    );

/** No one asks which kind something is of: neither by `switch`, nor by comparison, nor by a literal table. */
export const noSwitchOverKinds: Rule = (texts) => {
  const sources = sourcesOf(texts);
  const names = new Set(sources.filter(({ path }) => kindFolderOf(path)).flatMap(namesOfKind));
  return sources
    .filter(({ path }) => BLIND_TO_KINDS.test(path) && kindFolderOf(path) === undefined)
    .flatMap((source) => comparisons(source, names));
};

/** What a kind is called: the `section` and `noun` that it declares. */
function namesOfKind(source: Source): string[] {
  const names: string[] = [];
  source.visit(() => ({
    Property: ({ key, value }) => {
      const declares = key.type === 'Identifier' && (key.name === 'section' || key.name === 'noun');
      if (declares && value.type === 'Literal' && typeof value.value === 'string') names.push(value.value);
    },
  }));
  return names;
}

const ASKING_METHODS = new Set(['includes', 'indexOf', 'startsWith', 'endsWith', 'has']);

function comparisons(source: Source, names: ReadonlySet<string>): string[] {
  const found: string[] = [];
  source.visit((at) => {
    const ask = (node: ESTree.Node | null | undefined, name = textOf(node)): void => {
      if (node && name !== undefined && names.has(name.replace(/\.$/, ''))) {
        found.push(`${at(node)} asks whether something is '${name}'; ask the kind instead`);
      }
    };
    const askKey = ({ key, computed }: { key: ESTree.Node; computed: boolean }): void =>
      ask(key, key.type === 'Identifier' && !computed ? key.name : textOf(key));
    return {
      SwitchCase: ({ test }) => ask(test),
      BinaryExpression: ({ operator, left, right }) => {
        if (!/^[!=]==?$/.test(operator)) return;
        ask(left);
        ask(right);
      },
      CallExpression: ({ callee, arguments: given }) => {
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
        if (!ASKING_METHODS.has(callee.property.name)) return;
        for (const argument of given) ask(argument);
        if (callee.object.type === 'ArrayExpression')
          for (const element of callee.object.elements) ask(element);
      },
      MemberExpression: ({ object, computed }) => {
        if (!computed || object.type !== 'ObjectExpression') return;
        for (const property of object.properties) if (property.type === 'Property') askKey(property);
      },
    };
  });
  return found;
}

function textOf(node: ESTree.Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0].value.cooked ?? undefined;
  return undefined;
}
