/** A part of the language's JSON schema, as far as the reference reads it. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode | readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxProperties?: number;
  readonly patternErrorMessage?: string;
  readonly 'x-section'?: string;
}

/** The schema of a whole scenario, with the definitions that its parts share. */
export interface SchemaRoot extends SchemaNode {
  readonly properties: Readonly<Record<string, SchemaNode>>;
  readonly definitions: Readonly<Record<string, SchemaNode>>;
}

/** The name of the definition that a node stands for: `duration-distribution`. */
export const definitionOf = ({ $ref }: SchemaNode): string | undefined => $ref?.replace('#/definitions/', '');

/** The node itself where it only wraps another one, to give it a description or a default of its own. */
export function unwrapped(node: SchemaNode): SchemaNode {
  if (node.allOf?.length !== 1) return node;
  const { allOf, ...own } = node;
  return { ...unwrapped(node.allOf[0]), ...own };
}

/** The forms that a value may have; of most there is one. A quantity's range is none of its own. */
export function formsOf(node: SchemaNode): readonly SchemaNode[] {
  const plain = unwrapped(node);
  const forms = plain.anyOf ?? plain.oneOf;
  if (forms === undefined) return [plain];
  return forms.filter((form) => definitionOf(form) !== 'uncertain').flatMap(formsOf);
}

/** The key by whose word the forms of a map are told apart, `policy`, if there is one. */
export function discriminatorOf(forms: readonly SchemaNode[]): string | undefined {
  const maps = forms.filter(({ properties }) => properties !== undefined);
  if (maps.length < 2) return undefined;
  return Object.keys(maps[0].properties ?? {}).find((key) =>
    maps.every(({ properties }) => wordsOf(properties?.[key]).length > 0),
  );
}

/** The words that a node takes and nothing else; none where it takes anything else. */
export function wordsOf(node: SchemaNode | undefined): readonly string[] {
  if (node?.const !== undefined) return [String(node.const)];
  return node?.enum?.map(String) ?? [];
}
