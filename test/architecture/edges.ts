import { type Rule, sourcesOf } from './source.ts';

const OF_THE_COMMAND = new Set(['exit', 'exitCode', 'argv', 'stdin', 'stdout', 'stderr', 'on', 'once']);

/** Only src/cli exits, prints, or reads what the command was called with. */
export const onlyTheCommandTalks: Rule = (texts) => {
  const found: string[] = [];
  for (const source of sourcesOf(texts)) {
    if (source.path.startsWith('src/cli/')) continue;
    for (const { target, line } of source.imports) {
      if (/^(node:)?process$/.test(target))
        found.push(`${source.path}:${line} only src/cli imports ${target}`);
    }
    source.visit((at) => ({
      MemberExpression: (node) => {
        if (node.object.type !== 'Identifier') return;
        const { name } = node.object;
        const member = node.property.type === 'Identifier' ? node.property.name : '';
        const talks = name === 'console' || (name === 'process' && OF_THE_COMMAND.has(member));
        if (talks) found.push(`${at(node)} only src/cli uses ${name}.${member}`);
      },
    }));
  }
  return found;
};

/**
 * Metric ids are composed in src/metrics alone.
 *
 * Only the plainest way of composing one is seen: a list of parts joined by a dot.
 */
export const onlyMetricsComposesIds: Rule = (texts) => {
  const found: string[] = [];
  for (const source of sourcesOf(texts)) {
    if (!/^src\/(models|result|study|report)\//.test(source.path)) continue;
    source.visit((at) => ({
      CallExpression: (node) => {
        const { callee, arguments: given } = node;
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
        const separator = given[0]?.type === 'Literal' ? given[0].value : undefined;
        if (callee.property.name === 'join' && separator === '.') {
          found.push(`${at(node)} joins parts with a dot; only src/metrics composes metric ids`);
        }
      },
    }));
  }
  return found;
};

// In parts, so that this file does not name them either.
const PATHS_OF_A_MACHINE = [
  new RegExp(`\\.\\./${'shared'}(?![\\w-])`),
  new RegExp(`(?<![\\w.)}\\]*-])/${'work'}(?![\\w-])`),
];

/** The project stands alone: it names nothing that lies beside its checkout on some machine. */
export const standsAlone: Rule = (texts) =>
  [...texts].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const named = PATHS_OF_A_MACHINE.map((pattern) => pattern.exec(line)?.[0]).find(Boolean);
      return named ? [`${path}:${index + 1} names ${named}`] : [];
    }),
  );
