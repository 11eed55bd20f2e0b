import type { ComparePage } from '../../../compare/html/compare-data.ts';
import { bar } from '../bar.ts';
import { curves } from '../curves.ts';
import { make } from '../element.ts';
import { filterBy } from '../filter.ts';
import { head } from '../head.ts';
import { timelines } from '../timelines.ts';
import { readHash } from '../view.ts';
import { again } from './again.ts';
import { cost } from './cost.ts';
import { designCards } from './designs.ts';
import { differences } from './differences.ts';
import { faults } from './faults.ts';
import { figures } from './figures.ts';
import { metrics } from './metrics.ts';
import { targets } from './targets.ts';

const page = JSON.parse(document.getElementById('data')?.textContent ?? '') as ComparePage;
const { timeline } = page;
const titles = new Map(page.figures.map(({ box, title }) => [box, title]));
const takeHash = () => readHash(new Set(titles.keys()), timeline.buckets, timeline.bucket * timeline.buckets);
takeHash();
addEventListener('hashchange', takeHash);

const sections = [figures, targets, faults, timelines, curves, cost, differences, metrics, again].flatMap(
  (made) => made(page) ?? [],
);
const below = make('div', { class: 'below' }, ...sections);
document
  .getElementById('page')
  ?.append(make('main', {}, head(page), designCards(page), bar(page, sections, titles), below));
filterBy(below);
performance.mark('ready');
document.documentElement.dataset.ready = '';
