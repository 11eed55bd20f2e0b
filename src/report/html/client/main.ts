import type { PageData } from '../page-data.ts';
import { bar } from './bar.ts';
import { cost } from './cost.ts';
import { curves } from './curves.ts';
import { make } from './element.ts';
import { filterBy } from './filter.ts';
import { head } from './head.ts';
import { failures, metrics, replays, scenario } from './rest.ts';
import { scrubber } from './scrubber.ts';
import { spreads } from './spreads.ts';
import { targetPanel, targetTable } from './targets.ts';
import { timelines } from './timelines.ts';
import { TopologyDrawing } from './topology.ts';
import { readHash } from './view.ts';
import { waterfalls } from './waterfalls.ts';

const page = JSON.parse(document.getElementById('data')?.textContent ?? '') as PageData;
const { timeline, topology } = page;
const boxes = new Set([...topology.rows, ...topology.callers].map(({ id }) => id));
const takeHash = () => readHash(boxes, timeline.buckets, timeline.bucket * timeline.buckets);
takeHash();
addEventListener('hashchange', takeHash);

const drawing = new TopologyDrawing(page);
const scrub = scrubber(page);
if (scrub !== null) drawing.element.append(scrub);

const sections = [
  timelines,
  curves,
  waterfalls,
  spreads,
  cost,
  failures,
  replays,
  targetTable,
  metrics,
  scenario,
].flatMap((make) => make(page) ?? []);
const below = make('div', { class: 'below' }, ...sections);
document
  .getElementById('page')
  ?.append(
    make(
      'main',
      {},
      make(
        'div',
        { class: 'first' },
        head(page),
        make('div', { class: 'overview' }, targetPanel(page), drawing.element),
      ),
      bar(page, sections),
      below,
    ),
  );
filterBy(below);
performance.mark('ready');
document.documentElement.dataset.ready = '';
