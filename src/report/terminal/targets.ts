import type { Result, TargetResult } from '../../result/index.ts';
import { estimateText } from '../reading/estimate-text.ts';
import { marginText } from '../reading/margin-text.ts';
import {
  askedText,
  measuredBy,
  starParts,
  type TargetGroup,
  targetGroups,
} from '../reading/target-groups.ts';
import { besideTarget } from '../reading/within.ts';
import { anchorsOf, placeAtAnchor } from '../text/anchor.ts';
import type { Paint, Style } from '../text/style.ts';
import { alignLeft, alignRight, displayWidth, spaces } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

const mostFailures = 6;
/** Columns in front of the numbers, where no text asks for more. */
const narrowest = 40;
const gap = 2;

/** A line of the section: a text, and the numbers that stand to its right where it has some. */
interface Line {
  readonly text: string;
  readonly indent: number;
  readonly mark?: string;
  readonly paint?: Paint;
  readonly measured?: string;
  readonly margin?: string;
}

/** Targets, failures first: what was asked, what was measured, how far inside the limit, and why where it fails. */
export function targetSection(result: Result, page: Page): Section {
  if (result.targets.length === 0) return [];
  const groups = targetGroups(result.targets);
  const lines = groups.flatMap((group) => linesOf(group, result, page.style));
  return layOut([...lines, ...undecidedLines(groups, page.style)], page);
}

function linesOf(group: TargetGroup, result: Result, style: Style): Line[] {
  const { targets, pattern, status } = group;
  const [worst] = targets;
  const [mark, paint] = markOf(status, style);
  const suffix = group.level === 'warn' && status === 'pass' ? ' (claim)' : '';
  const text = `${askedText(worst, pattern, result)}${suffix}`;
  const head: Line = { text, indent: 4, mark: paint(mark) };
  if (targets.length === 1) {
    const within = besideTarget(worst, result);
    return [
      { ...head, ...numbersOf(worst, result) },
      ...(within === undefined ? [] : [{ text: within, indent: 6, paint: style.dim }]),
      ...notesOf(group, style, 6),
    ];
  }
  return [head, ...partLines(group, result, style)];
}

/** Of a target that is held against many metrics: each that breaks it, the worst of those undecided and of those kept. */
function partLines(group: TargetGroup, result: Result, style: Style): Line[] {
  const { pattern, targets } = group;
  const kept = targets.filter(({ status }) => status === 'pass');
  const open = targets.filter(({ status }) => status === 'inconclusive');
  const broken = targets.filter((target) => !kept.includes(target) && !open.includes(target));
  const nameOf = ({ metric }: TargetResult) => starParts(pattern, metric);
  const lineOf = (target: TargetResult, name: string): Line => {
    const [, paint] = markOf(target.status, style);
    const within = besideTarget(target, result);
    return {
      text: within === undefined ? name : `${name}, ${within}`,
      indent: 6,
      paint: target.status === 'pass' ? undefined : paint,
      ...numbersOf(target, result),
    };
  };
  const of = (some: readonly TargetResult[]) =>
    `${some.length} of ${targets.length}${some === open ? ' undecided' : ''}, tightest: ${nameOf(some[0])}`;
  const more = broken.length - mostFailures;
  return [
    ...broken.slice(0, mostFailures).map((target) => lineOf(target, nameOf(target))),
    ...(more > 0 ? [{ text: `and ${more} more`, indent: 6, paint: style.dim }] : []),
    ...notesOf(group, style, 6),
    ...(open.length > 0 ? [lineOf(open[0], of(open))] : []),
    ...(kept.length > 0 ? [lineOf(kept[0], of(kept))] : []),
  ];
}

const numbersOf = (target: TargetResult, result: Result) => ({
  measured: estimateText(measuredBy(target, result)),
  margin: marginText(target),
});

/** Why it is not kept, and who asked for it. */
function notesOf({ targets: [worst], status, level }: TargetGroup, { dim }: Style, indent: number): Line[] {
  if (status === 'pass') return [];
  const asked = level === 'warn' ? 'claimed' : 'asked';
  const isOpen = status === 'inconclusive';
  const texts = [
    ...(worst.reason === undefined || isOpen ? [] : [worst.reason]),
    ...(worst.because === undefined ? [] : [`${asked} because ${worst.because}`]),
  ];
  return texts.map((text) => ({ text, indent, paint: dim }));
}

/** Why nothing can be said is the same for all of which nothing can be said: it is told once. */
function undecidedLines(groups: readonly TargetGroup[], { yellow }: Style): Line[] {
  const open = groups.filter(({ status }) => status === 'inconclusive');
  const reasons = new Set(open.flatMap(({ targets: [worst] }) => worst.reason ?? []));
  return [...reasons].map((reason) => ({ text: `undecided: ${reason}`, indent: 4, mark: yellow('?') }));
}

function markOf(status: TargetResult['status'], style: Style): [string, Paint] {
  const marks: Record<TargetResult['status'], [string, Paint]> = {
    pass: ['✓', style.green],
    fail: ['✗', style.red],
    'no-data': ['✗', style.red],
    warn: ['!', style.yellow],
    inconclusive: ['?', style.yellow],
  };
  return marks[status];
}

/** Numbers in two columns on the right; a text that reaches into them has its numbers in the line below it. */
function layOut(lines: readonly Line[], { style, columns }: Page): string[] {
  const measured = anchorsOf('interval', ['measured', ...lines.map((line) => line.measured ?? '')]);
  const marginWidth = Math.max(6, ...lines.map(({ margin = '' }) => displayWidth(margin)));
  const numbers = ({ measured: value = '', margin = '' }: Line): string => {
    const placed = alignRight(placeAtAnchor(value, value, measured), measured.width).trimStart();
    return `${placed}${spaces(gap)}${alignRight(margin, marginWidth)}`;
  };
  const withNumbers = lines.filter((line) => line.measured !== undefined);
  const needed = withNumbers.map(
    (line) => line.indent + displayWidth(line.text) + gap + displayWidth(numbers(line)),
  );
  const right = Math.max(
    Math.min(columns, narrowest + gap + measured.width + gap + marginWidth),
    ...needed.filter((width) => width <= columns),
  );
  const beside = (text: string, shown: string) => alignLeft(text, right - displayWidth(shown)) + shown;
  const body = lines.flatMap((line) => {
    const { indent, mark, paint = (text: string) => text } = line;
    const texts = wrap(line.text, columns - indent).map(
      (text, at) => (at === 0 && mark !== undefined ? `  ${mark} ` : spaces(indent)) + paint(text),
    );
    if (line.measured === undefined) return texts;
    const shown = numbers(line);
    const last = texts[texts.length - 1];
    return displayWidth(last) + gap + displayWidth(shown) <= right
      ? [...texts.slice(0, -1), beside(last, shown)]
      : [...texts, beside('', shown)];
  });
  const heading = [
    alignRight(style.bold('measured'), measured.width),
    alignRight(style.bold('margin'), marginWidth),
  ];
  return [beside(style.bold('Targets'), heading.join(spaces(gap))), ...body];
}
