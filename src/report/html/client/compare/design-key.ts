import { make } from '../element.ts';
import { designDash, keyBackground, onTheme, seriesColor } from '../theme.ts';

/** The line by which a design is known in all charts. */
export function designKey(design: number): HTMLElement {
  const key = make('span', { class: 'design-key', 'aria-hidden': 'true' });
  const paint = () => {
    key.style.background = keyBackground(seriesColor(design), designDash(design));
  };
  paint();
  onTheme(paint);
  return key;
}
