import { type Rule, sourcesOf } from './source.ts';

/** Members that read the clock, the machine, chance or the language. */
const FORBIDDEN_MEMBERS: Record<string, readonly string[]> = {
  Math: ['random'],
  Date: ['now'],
  performance: ['now', 'timeOrigin'],
  process: ['hrtime', 'env', 'uptime', 'memoryUsage', 'platform', 'arch'],
};
const FORBIDDEN_NAMES = new Set([
  'Intl',
  'localeCompare',
  'randomBytes',
  'randomUUID',
  'getRandomValues',
  'randomInt',
]);
const FORBIDDEN_CALLS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']);

/** Clock and randomness are arguments: a run is a function of scenario, seed and version. */
export const determinism: Rule = (texts) => {
  const found: string[] = [];
  const core = sourcesOf(texts).filter(({ path }) => /^src\/(sim|models)\//.test(path));
  for (const source of core) {
    source.visit((at) => {
      const forbid = (node: { start: number }, what: string): void => {
        found.push(`${at(node)} uses ${what}, so that a run is more than scenario, seed and version`);
      };
      return {
        MemberExpression: (node) => {
          const owner = node.object.type === 'Identifier' ? node.object.name : '';
          const member = memberName(node.property);
          if (FORBIDDEN_MEMBERS[owner]?.includes(member)) forbid(node, `${owner}.${member}`);
          else if (member.startsWith('toLocale')) forbid(node, member);
        },
        // `const { random } = Math` hides the member that is taken.
        VariableDeclarator: ({ init, id }) => {
          if (id.type !== 'ObjectPattern' || init?.type !== 'Identifier') return;
          for (const taken of id.properties) {
            const member = taken.type === 'Property' ? memberName(taken.key) : '';
            if (FORBIDDEN_MEMBERS[init.name]?.includes(member)) forbid(init, `${init.name}.${member}`);
          }
        },
        NewExpression: (node) => {
          const isDate = node.callee.type === 'Identifier' && node.callee.name === 'Date';
          if (isDate && node.arguments.length === 0) forbid(node, 'new Date()');
        },
        CallExpression: (node) => {
          if (node.callee.type !== 'Identifier') return;
          if (node.callee.name === 'Date') forbid(node, 'Date()');
          if (FORBIDDEN_CALLS.has(node.callee.name)) forbid(node, node.callee.name);
        },
        Identifier: (node) => {
          if (FORBIDDEN_NAMES.has(node.name)) forbid(node, node.name);
        },
      };
    });
  }
  return [...new Set(found)];
};

const memberName = (property: { type: string; name?: unknown; value?: unknown }): string =>
  String(property.type === 'Literal' ? property.value : (property.name ?? ''));
