import { make } from './element.ts';
import { tableBehind } from './table.ts';
import { onTheme } from './theme.ts';

/** What a figure shows of itself once it is seen. */
export interface Drawn {
  /** The theme or the room has changed. */
  redraw(): void;
}

export interface FigureParts {
  readonly title: string;
  /** The box that it is about. */
  readonly box: string;
  readonly body: HTMLElement;
  readonly readout?: HTMLElement;
  /** Draws into the body; called when the figure comes into sight. */
  draw(): Drawn;
  table(): HTMLElement;
}

const pending = new Map<Element, () => void>();
const sight = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) pending.get(target)?.();
  },
  { rootMargin: '300px' },
);

// What is printed must be drawn, seen or not.
addEventListener('beforeprint', () => {
  for (const drawNow of [...pending.values()]) drawNow();
});

/** A chart with its title, its figures beside it, and its table behind it; drawn when it comes into sight. */
export function figure({ title, box, body, readout, draw, table }: FigureParts): HTMLElement {
  const made = make(
    'figure',
    { class: 'figure', 'data-box': box },
    make('figcaption', {}, make('span', { class: 'figure-title' }, title), readout ?? null),
    body,
    tableBehind(title, table),
  );
  const drawNow = () => {
    // A hidden figure has no size to draw in.
    if (made.offsetParent === null) return;
    pending.delete(made);
    sight.unobserve(made);
    const drawn = draw();
    onTheme(() => drawn.redraw());
  };
  pending.set(made, drawNow);
  sight.observe(made);
  return made;
}
