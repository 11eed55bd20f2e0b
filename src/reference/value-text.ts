import { definitionOf, formsOf, type SchemaNode, unwrapped, wordsOf } from './schema-node.ts';

/** What a key takes, in a few words of Markdown: `a duration`, `` `fifo` or `processor` ``, `a map by region`. */
export function valueText(node: SchemaNode): string {
  const forms = formsOf(node);
  const words = forms.flatMap(wordsOf).map(code);
  const others = forms.filter((form) => wordsOf(form).length === 0).map(formText);
  return alternatives([...new Set([...words, ...others])]);
}

export const code = (text: string): string => `\`${text}\``;

/** `a, b or c` */
export const alternatives = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts[texts.length - 1]}`;

function formText(form: SchemaNode): string {
  const definition = definitionOf(form);
  if (definition !== undefined) return definitionText(definition);
  if (form.patternErrorMessage !== undefined) return `${quantityText(form)}${boundsText(form)}`;
  const section = form['x-section'];
  if (form.properties !== undefined) return 'a map';
  if (typeof form.additionalProperties === 'object')
    return section === undefined ? 'a map of names' : `a map by ${nounOf(section)}`;
  if (form.type === 'array') return listText(form);
  if (section !== undefined) return `the name of ${withArticle(nounOf(section))}`;
  return scalarText(form);
}

function scalarText({ type }: SchemaNode): string {
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'number' || type === 'integer') return 'a number';
  if (type === 'string') return 'text';
  if (Array.isArray(type)) return 'text or a number';
  return 'anything';
}

/** `a duration` of `expected a duration, such as 40ms or 1.5s`. */
export const quantityText = ({ patternErrorMessage = '' }: SchemaNode): string =>
  patternErrorMessage.replace(/^expected /, '').replace(/, such as .*$/, '');

/** Both ends are 0 where a bare number is refused for want of a unit. */
function boundsText({ minimum, maximum }: SchemaNode): string {
  if (minimum === 0 && maximum === 0) return '';
  const isShare = maximum === 1;
  const least = minimum === undefined || minimum === 0 ? '' : `, at least ${minimum}`;
  return `${least}${maximum === undefined || isShare ? '' : `, at most ${maximum}`}`;
}

function listText({ items }: SchemaNode): string {
  if (items === undefined) return 'a list';
  if (Array.isArray(items)) return `[${items.map(valueText).join(', ')}]`;
  const item = items as SchemaNode;
  if (definitionOf(item) === 'step') return definitionText('steps');
  return `a list of ${plural(valueText(unwrapped(item)))}`;
}

function definitionText(definition: string): string {
  const noun = /^(.*)-distribution$/.exec(definition)?.[1];
  if (noun !== undefined)
    return `[${withArticle(noun.replaceAll('-', ' '))} or its distribution](distributions.md)`;
  if (definition === 'step' || definition === 'steps' || definition.startsWith('__'))
    return '[steps](steps.md)';
  return definition.endsWith('-map') ? 'a map' : 'a map with one key';
}

/** What one of a section is called: `database` of `databases`. */
const nounOf = (section: string): string =>
  section === 'caches' ? 'cache' : section.endsWith('s') ? section.slice(0, -1) : section;

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** `names of regions` of `the name of a region`; what is not one thing stays as it is. */
function plural(text: string): string {
  const name = /^the name of an? (\w+)$/.exec(text)?.[1];
  if (name !== undefined)
    return `names of ${/[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`}`;
  const noun = /^an? ([a-z]+)$/.exec(text)?.[1];
  return noun === undefined ? text.replace(/^text$/, 'texts') : `${noun}s`;
}
