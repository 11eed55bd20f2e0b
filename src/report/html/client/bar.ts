import { timeText } from '../../reading/axis-text.ts';
import type { PageData } from '../page-data.ts';
import { button, make } from './element.ts';
import { change, view, watch } from './view.ts';

/** Sticks to the top: where to go, and what is looked at, each with a way out of it. */
export function bar(
  { timeline, topology }: Pick<PageData, 'timeline' | 'topology'>,
  sections: readonly HTMLElement[],
  titles: ReadonlyMap<string, string> = new Map(
    [...topology.rows, ...topology.callers].map(({ id, title }) => [id, title]),
  ),
): HTMLElement {
  const links = sections.map((each) =>
    make(
      'a',
      { href: `#${each.id}`, 'data-section': each.id },
      each.querySelector('h2')?.dataset.short ?? shortOf(each),
    ),
  );
  for (const link of links) {
    // The address keeps what is looked at: the hash is not for headings.
    link.addEventListener('click', (event) => {
      event.preventDefault();
      document.getElementById(link.dataset.section ?? '')?.scrollIntoView({ block: 'start' });
      document
        .getElementById(link.dataset.section ?? '')
        ?.querySelector('h2')
        ?.focus?.();
    });
  }
  const chips = make('p', { class: 'chips', 'aria-live': 'polite' });
  const show = () => {
    const { box, zoom, bucket } = view();
    const chip = (text: string, out: () => void) =>
      button(`${text} ×`, { class: 'chip', 'aria-label': `${text}: show all again` }, out);
    chips.replaceChildren(
      ...(box === null ? [] : [chip(`only ${titles.get(box) ?? box}`, () => change({ box: null }))]),
      ...(zoom === null
        ? []
        : [chip(`${timeText(zoom[0])} to ${timeText(zoom[1])}`, () => change({ zoom: null }))]),
      ...(bucket === null
        ? []
        : [chip(`at ${timeText((bucket + 1) * timeline.bucket)}`, () => change({ bucket: null }))]),
    );
  };
  watch((now, before) => {
    if (now.box !== before.box || now.zoom !== before.zoom || now.bucket !== before.bucket) show();
  });
  show();
  return make(
    'nav',
    { class: 'bar', 'aria-label': 'Sections' },
    make('p', { class: 'links' }, ...links),
    chips,
  );
}

const names: Record<string, string> = {
  figures: 'Figures',
  faults: 'Faults',
  differences: 'Differences',
  timelines: 'Timelines',
  latency: 'Latency',
  time: 'Time',
  spread: 'Shards',
  cost: 'Cost',
  failures: 'Failures',
  requests: 'Requests',
  targets: 'Targets',
  metrics: 'Metrics',
  again: 'Scenario',
};

const shortOf = ({ id }: HTMLElement): string => names[id] ?? id;
