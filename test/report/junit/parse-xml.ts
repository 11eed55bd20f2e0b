/** An element as a parser sees it. */
export interface Parsed {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Parsed[];
  text: string;
}

const token = /<\?xml[^>]*\?>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/gs;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads XML without comments, sections and namespaces; whatever is not well-formed throws. */
export function parseXml(text: string): Parsed {
  const root: Parsed = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const [whole, closes, opens, attributes, isEmpty, characters, stray] of text.matchAll(token)) {
    const inside = open[open.length - 1];
    if (stray !== undefined) throw new SyntaxError(`a stray < in ${inside.name}`);
    if (closes !== undefined) {
      if (inside.name !== closes) throw new SyntaxError(`</${closes}> closes ${inside.name}`);
      open.pop();
    } else if (opens !== undefined) {
      const element: Parsed = { name: opens, attributes: attributesOf(attributes), children: [], text: '' };
      inside.children.push(element);
      if (isEmpty === '') open.push(element);
    } else if (characters !== undefined) inside.text += decoded(characters);
    else if (!whole.startsWith('<?xml')) throw new SyntaxError(whole);
  }
  if (open.length !== 1) throw new SyntaxError(`${open[open.length - 1].name} is not closed`);
  if (root.children.length !== 1 || root.text.trim() !== '') throw new SyntaxError('not one root element');
  return root.children[0];
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(/([\w-]+)="([^"<]*)"/g)) {
    if (name in found) throw new SyntaxError(`${name} twice`);
    found[name] = decoded(value);
  }
  return found;
}

function decoded(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) throw new SyntaxError('a control character');
  return text.replace(/&(#\d+|\w*);?/g, (whole, name: string) => {
    if (name.startsWith('#') && whole.endsWith(';')) return String.fromCodePoint(Number(name.slice(1)));
    if (!(name in entities) || !whole.endsWith(';')) throw new SyntaxError(`${whole} is no entity`);
    return entities[name];
  });
}
