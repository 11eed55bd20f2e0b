import { heatSteps } from '../../palette.ts';
import type { PageData, TopologyBox, TopologyData, TopologyRow } from '../page-data.ts';
import { linksOf } from '../topology-links.ts';
import { draw, make } from './element.ts';
import { heat, onTheme, token } from './theme.ts';
import { type Layout, layoutOf } from './topology-layout.ts';
import { change, view, watch } from './view.ts';
import { percentText } from './words.ts';

/** The drawing of the design: what stands where, how busy it is, and what it calls. */
export class TopologyDrawing {
  readonly element: HTMLElement;
  private readonly frame: HTMLElement;
  private readonly story: HTMLElement;
  private readonly topology: TopologyData;
  private stacks: TopologyData['stacks'];
  private width = 0;
  private height = 0;

  constructor(private readonly page: PageData) {
    this.topology = page.topology;
    this.stacks = page.topology.stacks;
    this.frame = make('div', {
      class: 'drawing scroll',
      tabindex: 0,
      role: 'region',
      'aria-label':
        'Drawing of the design. Choose a box: its calls are drawn, and the charts below show it alone.',
    });
    this.story = make('p', { class: 'story', 'aria-live': 'polite' });
    this.element = make(
      'section',
      { class: 'panel topology', 'aria-labelledby': 'topology-title' },
      make(
        'div',
        { class: 'panel-line' },
        make('h2', { id: 'topology-title' }, 'Design'),
        this.legend(),
        this.unstack(),
      ),
      this.frame,
      this.story,
    );
    new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = this.frame;
      if (width === 0 || (width === this.width && height === this.height)) return;
      this.width = width;
      this.height = height;
      this.draw();
    }).observe(this.frame);
    onTheme(() => this.draw());
    watch((now, before) => {
      if (now.box !== before.box || now.bucket !== before.bucket) this.draw();
    });
  }

  /** Regions alike lie on a stack until somebody wants to see them all. */
  private unstack(): HTMLElement | null {
    const { stacks, regions } = this.topology;
    if (stacks.length === regions.length) return null;
    const made = make(
      'button',
      { type: 'button', class: 'quiet', 'aria-pressed': 'false' },
      'Show each region',
    );
    made.addEventListener('click', () => {
      const isOpen = this.stacks.length === regions.length;
      this.stacks = isOpen ? stacks : regions.map((_, at) => [at]);
      made.setAttribute('aria-pressed', String(!isOpen));
      this.draw();
    });
    return made;
  }

  private legend(): HTMLElement {
    const steps = heatSteps.map((from) => {
      const swatch = make('span', { class: 'swatch' }, String(Math.round(from * 100)));
      const paint = () => {
        const { fill, ink } = heat(from);
        swatch.style.background = fill;
        swatch.style.color = ink;
      };
      paint();
      onTheme(paint);
      return swatch;
    });
    return make(
      'p',
      { class: 'heat-legend', 'aria-label': 'Busy, from so many percent on' },
      'busy ',
      ...steps,
      ' %',
    );
  }

  private draw(): void {
    if (this.width === 0) return;
    const topology = { ...this.topology, stacks: this.stacks };
    const layout = layoutOf(topology, this.width, this.height);
    const focused = document.activeElement?.getAttribute('data-key');
    const svg = draw('svg', {
      width: layout.width,
      height: layout.height,
      viewBox: `0 0 ${layout.width} ${layout.height}`,
      role: 'group',
      'aria-label': 'Rows: what calls what, from the callers down. Columns: regions.',
    });
    svg.append(this.definitions(), ...this.columnsOf(layout), ...this.arcsOf(layout));
    svg.append(...topology.callers.map((_, at) => this.callerOf(at, layout)));
    svg.append(...topology.rows.map((row, at) => this.rowOf(row, at, layout)));
    svg.append(...this.selectedLinks(layout));
    this.frame.replaceChildren(svg);
    for (const text of svg.querySelectorAll<SVGTextElement>('[data-room]')) shorten(text);
    if (focused) this.frame.querySelector<SVGElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    this.story.textContent = this.storyOf();
  }

  /** Nothing there: stripes, which need no colour to be seen. And the head of an arrow. */
  private definitions(): SVGElement {
    const pattern = draw(
      'pattern',
      { id: 'nothing', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      draw('rect', { width: 6, height: 6, fill: token('panel') }),
      draw('rect', { width: 2, height: 6, fill: token('line') }),
    );
    const arrow = draw(
      'marker',
      {
        id: 'arrow',
        viewBox: '0 0 6 6',
        refX: 5.5,
        refY: 3,
        markerWidth: 5,
        markerHeight: 5,
        orient: 'auto',
      },
      draw('path', { class: 'arrow', d: 'M0 0L6 3L0 6Z' }),
    );
    return draw('defs', {}, pattern, arrow);
  }

  private columnsOf({ columns, height, pad }: Layout): SVGElement[] {
    return columns.flatMap(({ left, width }, at) => {
      const stack = this.stacks[at];
      const cards = stack
        .slice(0, 3)
        .map((_, depth) => depth)
        .reverse()
        .map((depth) =>
          draw('rect', {
            class: 'column',
            x: left + depth * 2.5,
            y: 0.5 + depth * 2.5,
            width,
            height: height - 9,
            rx: 7,
          }),
        );
      const names = stack.map((region) => this.topology.regions[region].name);
      const shares = stack.map((region) => this.topology.regions[region].share ?? '').filter(Boolean);
      const share = shares.length === 0 || width < 110 ? '' : shares.join(' + ');
      return [
        ...cards,
        draw(
          'text',
          {
            class: 'region',
            x: left + pad,
            y: 21,
            'data-room': width - 2 * pad - (share === '' ? 0 : 6 + share.length * 7),
          },
          names.join(' + '),
        ),
        draw('text', { class: 'region-share', x: left + width - pad, y: 21, 'text-anchor': 'end' }, share),
      ];
    });
  }

  /** Every call as an arc beside the labels; those of the chosen box stand out. */
  private arcsOf(layout: Layout): SVGElement[] {
    const { callers, rows } = this.topology;
    const { box } = view();
    const things = [...callers, ...rows];
    const index = new Map(things.map(({ id }, at) => [id, at]));
    const middle = (at: number) => layout.tops[at] + (at < callers.length ? 11 : layout.rowHeight / 2 - 2);
    const arcs = things.flatMap(({ id, calls }, from) =>
      calls.flatMap((target) => {
        const to = index.get(target);
        return to === undefined ? [] : [{ from, to, isChosen: box === id || box === target }];
      }),
    );
    const right = layout.gutter - 3;
    return arcs
      .sort((a, b) => Number(a.isChosen) - Number(b.isChosen))
      .map(({ from, to, isChosen }) => {
        const [top, bottom] = [middle(from), middle(to)];
        const reach = Math.min(
          layout.gutter - 5,
          5 + Math.sqrt(Math.abs(bottom - top)) * (layout.gutter / 20),
        );
        return draw('path', {
          class: isChosen ? 'arc chosen' : box === null ? 'arc' : 'arc faint',
          d: `M${right} ${top}C${right - reach} ${top} ${right - reach} ${bottom} ${right} ${bottom}`,
        });
      });
  }

  private callerOf(at: number, layout: Layout): SVGElement {
    const { id, title, rate } = this.topology.callers[at];
    const top = layout.tops[at];
    const { left, width } = layout.labels;
    const hasRoom = width > 170;
    const room = width - 14 - (hasRoom ? rate.length * 6.2 : 0);
    const surface = draw('rect', { class: 'hit', x: left, y: top, width, height: 22, rx: 5 });
    return this.chooser(
      { id, label: `${title}, callers, ${rate}`, key: `caller ${id}`, isStop: true },
      surface,
      [
        draw('text', { class: 'name caller', x: left + 4, y: top + 15, 'data-room': room }, title),
        draw(
          'text',
          { class: 'caller-rate', x: left + width - 4, y: top + 15, 'text-anchor': 'end' },
          hasRoom ? rate : '',
        ),
      ],
    );
  }

  private rowOf(row: TopologyRow, at: number, layout: Layout): SVGElement {
    const top = layout.tops[this.topology.callers.length + at];
    const height = layout.rowHeight - 4;
    const label = this.labelOf(row, top, layout);
    const boxes = layout.columns.flatMap(({ left, width }, column) => {
      const drawn = this.boxOf(row, this.stacks[column], {
        left: left + layout.pad,
        top,
        width: width - 2 * layout.pad,
        height,
      });
      return drawn === null ? [] : [drawn];
    });
    return draw('g', {}, label, ...boxes);
  }

  private labelOf(
    { id, title, kind, shares }: TopologyRow,
    top: number,
    { labels, rowHeight }: Layout,
  ): SVGElement {
    const { left, width } = labels;
    const strip = shares === undefined || width < 150 ? 0 : 58;
    const height = rowHeight - 4;
    const hasKind = !title.endsWith(`(${kind})`);
    const isTall = height >= 30 && hasKind;
    const name = draw('text', {
      class: 'name',
      x: left + 4,
      y: top + height / 2 + (isTall ? -3 : 4),
      'data-room': width - strip - 12,
    });
    name.append(title);
    // The kind stands below, or follows where there is room; unless the name says it already.
    if (hasKind && !isTall) name.append(draw('tspan', { class: 'kind', dx: 7 }, kind));
    const surface = draw('rect', { class: 'hit', x: left, y: top, width, height, rx: 5 });
    return this.chooser({ id, label: `${title}, ${kind}`, key: `label ${id}`, isStop: true }, surface, [
      name,
      ...(isTall ? [draw('text', { class: 'kind', x: left + 4, y: top + height / 2 + 12 }, kind)] : []),
      ...(strip === 0
        ? []
        : cellsOf(shares ?? [], {
            left: left + width - strip - 2,
            top: top + 2,
            width: strip,
            height: height - 4,
          })),
    ]);
  }

  private boxOf(row: TopologyRow, stack: readonly number[], place: Place): SVGElement | null {
    const found = stack.flatMap((region) => row.boxes[region] ?? []);
    if (found.length === 0) return null;
    const now = found.map((box) => this.busyOf(box));
    const known = now.filter((value) => value !== null);
    const isMeasured = found.some(
      ({ utilization, series }) => utilization !== undefined || series !== undefined,
    );
    const hottest = known.length === 0 ? null : Math.max(...known);
    const { fill, ink } =
      hottest !== null
        ? heat(hottest)
        : { fill: isMeasured ? 'url(#nothing)' : token('panel'), ink: token('muted') };
    const { left, top, width, height } = place;
    const text = isMeasured ? rangeText(known) : '';
    // Where a range has no room the hottest is what matters.
    const shown =
      text.length * 7.6 > width - 8 && known.length > 1 ? `≤${percentText(Math.max(...known))}` : text;
    const counts = [...new Set(found.map((box) => this.countOf(box)))].join(', ');
    const isWide = width >= 84;
    const inset = width < 70 ? 4 : 8;
    const baseline = top + height / 2 + 4;
    const regions = stack.map((region) => this.topology.regions[region].name).join(', ');
    const roles = [...new Set(found.flatMap(({ role }) => role ?? []))].join(', ');
    const label = `${row.title} in ${regions}: ${counts}${roles === '' ? '' : ` ${roles}`}${text === '' ? '' : `, ${text} busy`}`;
    const surface = draw('rect', { class: 'box', x: left, y: top, width, height, rx: 5, fill });
    const key = `${row.id} ${stack.join(' ')}`;
    return this.chooser({ id: row.id, label, key, isStop: false }, surface, [
      draw('text', { class: 'busy', x: left + inset, y: baseline, fill: ink }, shown),
      ...(isWide || text === ''
        ? [
            draw(
              'text',
              {
                class: 'count',
                x: left + width - inset,
                y: baseline,
                'text-anchor': 'end',
                fill: ink,
                'data-room': width - text.length * 8 - 2 * inset,
              },
              roles !== '' && width > 170 ? `${roles} · ${counts}` : counts,
            ),
          ]
        : []),
    ]);
  }

  private busyOf({ utilization, series }: TopologyBox): number | null {
    const { bucket } = view();
    if (bucket === null) return utilization ?? null;
    return series === undefined ? null : (this.page.timeline.series[series][bucket] ?? null);
  }

  private countOf({ count, counts }: TopologyBox): number {
    const { bucket } = view();
    const then = bucket === null || counts === undefined ? null : this.page.timeline.series[counts][bucket];
    return then === null ? count : Number(then.toFixed(1));
  }

  /**
   * Something that can be chosen, by pointer and keyboard; chosen again, all is shown again. The surface is the button
   * and says in words what is written on it, where it may be cut.
   */
  private chooser(
    { id, label, key, isStop }: { id: string; label: string; key: string; isStop: boolean },
    surface: SVGElement,
    written: SVGElement[],
  ): SVGElement {
    const { box } = view();
    const attributes = {
      role: 'button',
      tabindex: isStop ? 0 : -1,
      'aria-pressed': String(box === id),
      'aria-label': label,
      'data-key': key,
    };
    for (const [name, value] of Object.entries(attributes)) surface.setAttribute(name, String(value));
    const group = draw(
      'g',
      { class: box === id ? 'chooser chosen' : 'chooser', 'data-box': id },
      surface,
      draw('g', { class: 'written', 'aria-hidden': 'true' }, ...written),
    );
    const choose = () => change({ box: view().box === id ? null : id });
    group.addEventListener('click', choose);
    group.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      choose();
    });
    return group;
  }

  /** What the chosen box calls, and what calls it, along the edges of columns and rows: across regions dashed. */
  private selectedLinks(layout: Layout): SVGElement[] {
    const { box } = view();
    if (box === null) return [];
    const { rows, callers } = this.topology;
    const top = (row: number) => layout.tops[callers.length + row];
    const middle = (row: number) => top(row) + (layout.rowHeight - 4) / 2;
    const { pad } = layout;
    return linksOf(rows, this.stacks, box).map(({ from, to, fromColumn, toColumn }) => {
      const [source, target] = [layout.columns[fromColumn], layout.columns[toColumn]];
      const isLocal = fromColumn === toColumn;
      if (isLocal) {
        const edge = source.left + pad;
        const lane = source.left + pad * 0.35;
        return link(`M${edge} ${middle(from)}H${lane}V${middle(to)}H${edge - 1}`, isLocal);
      }
      const isLeft = toColumn < fromColumn;
      const leave = isLeft ? source.left + pad : source.left + source.width - pad;
      const outside = isLeft ? source.left - 4 : source.left + source.width + 4;
      const enter = isLeft ? target.left + target.width - pad : target.left + pad;
      const before = isLeft ? target.left + target.width + 6 : target.left - 6;
      const between = top(to) - 2;
      return link(
        `M${leave} ${middle(from)}H${outside}V${between}H${before}V${middle(to)}H${enter + (isLeft ? 1 : -1)}`,
        isLocal,
      );
    });
  }

  /** The chosen box in words. */
  private storyOf(): string {
    const { box } = view();
    const { rows, callers, regions } = this.topology;
    const titles = new Map([...rows, ...callers].map(({ id, title }) => [id, title]));
    const chosen = rows.find(({ id }) => id === box);
    if (chosen === undefined) {
      const caller = callers.find(({ id }) => id === box);
      return caller === undefined
        ? ''
        : `${caller.title} calls ${caller.calls.map((id) => titles.get(id)).join(', ')}.`;
    }
    const callees = chosen.calls.map((id) => titles.get(id) ?? id);
    const above = [...callers, ...rows]
      .filter(({ calls }) => calls.includes(chosen.id))
      .map(({ title }) => title);
    const across = linksOf(
      rows,
      regions.map((_, at) => [at]),
      chosen.id,
    )
      .filter(({ from, fromColumn, toColumn }) => rows[from].id === chosen.id && fromColumn !== toColumn)
      .map(
        ({ to, fromColumn, toColumn }) =>
          `${regions[fromColumn].name} → ${rows[to].title} in ${regions[toColumn].name}`,
      );
    return [
      chosen.title.endsWith(`(${chosen.kind})`) ? chosen.title : `${chosen.title} (${chosen.kind})`,
      ...(above.length === 0 ? [] : [`called by ${above.join(', ')}`]),
      ...(callees.length === 0 ? [] : [`calls ${callees.join(', ')}`]),
      ...(across.length === 0 ? [] : [`across regions: ${across.join(', ')}`]),
    ].join(' · ');
  }
}

const link = (path: string, isLocal: boolean): SVGElement =>
  draw('path', { class: isLocal ? 'link' : 'link across', d: path, 'marker-end': 'url(#arrow)' });

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Shards or partitions, a cell each: height is the share, against the hottest; hotter than twice even stands out. */
function cellsOf(shares: readonly number[], { left, top, width, height }: Place): SVGElement[] {
  const most = Math.max(...shares, 1e-9);
  const step = width / shares.length;
  const gap = step > 3 ? 1 : 0;
  return shares.map((share, at) => {
    const size = Math.max(1, (share / most) * height);
    return draw('rect', {
      class: share * shares.length >= 2 ? 'cell hot' : 'cell',
      x: left + at * step,
      y: top + height - size,
      width: Math.max(0.5, step - gap),
      height: size,
    });
  });
}

function rangeText(values: readonly number[]): string {
  if (values.length === 0) return '–';
  const [low, high] = [percentText(Math.min(...values)), percentText(Math.max(...values))];
  return low === high ? high : `${low.replace('%', '')}–${high}`;
}

/** Cuts a text to its room; what follows the name goes first. */
function shorten(element: SVGTextElement): void {
  const room = Number(element.getAttribute('data-room'));
  if (element.getComputedTextLength() > room) element.querySelector('tspan')?.remove();
  const text = element.textContent ?? '';
  if (element.getComputedTextLength() <= room) return;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    element.textContent = `${text.slice(0, middle).trimEnd()}…`;
    if (element.getComputedTextLength() <= room) low = middle;
    else high = middle - 1;
  }
  element.textContent = low === 0 ? '' : `${text.slice(0, low).trimEnd()}…`;
}
