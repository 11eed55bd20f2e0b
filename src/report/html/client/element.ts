type Child = Node | string | number | null | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element. Texts become text nodes, whatever is in them: nothing of the page is ever parsed as markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a drawing. */
export function draw<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === 'number' ? String(child) : child);
  }
  return element;
}

/** A section of the page with its heading; nothing in it, no section. */
export function section(
  id: string,
  title: string,
  note: string,
  ...children: (Node | null)[]
): HTMLElement | null {
  const content = children.filter((child) => child !== null);
  if (content.length === 0) return null;
  return make(
    'section',
    { id, class: 'section', 'aria-labelledby': `${id}-title` },
    make('h2', { id: `${id}-title` }, title),
    note === '' ? null : make('p', { class: 'note' }, note),
    ...content,
  );
}

/** A button that does something. */
export function button(text: string, attributes: Attributes, press: () => void): HTMLButtonElement {
  const made = make('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', press);
  return made;
}
