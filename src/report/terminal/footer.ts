import type { Result } from '../../result/index.ts';
import { replaysOf } from '../reading/examples.ts';
import { againWords, type NextStep, nextSteps } from '../reading/next-steps.ts';
import { alignLeft, apart, displayWidth, spaces, truncate } from '../text/width.ts';
import { wrap } from '../text/wrap.ts';
import type { Page, Section } from './page.ts';

/** Columns of the words on the left. */
const margin = 7;

/** Requests that are named: the others are in the document. */
const mostReplays = 6;

/** How to see the same again, what to look at next, and single requests to look at. */
export function footerSection(result: Result, page: Page): Section {
  const { style } = page;
  const again = apartOrBelow(
    commandLines(againWords(result), page),
    style.dim(`#${result.fingerprint}`),
    page,
  );
  const next = stepLines(nextSteps(result), page);
  const placed = (word: string, lines: readonly string[]) =>
    lines.map((line, at) => (at === 0 ? alignLeft(style.bold(word), margin) : spaces(margin)) + line);
  return [...placed('Again', again), ...placed('Next', next), ...placed('Look', replayLines(result, page))];
}

/** The command that tells what happened to one request, and ids to put there. */
function replayLines(result: Result, page: Page): string[] {
  const replays = replaysOf(result).slice(0, mostReplays);
  const [first] = replays;
  if (first === undefined) return [];
  const widest = Math.max(...replays.map(({ example }) => displayWidth(example.operation)));
  return [
    ...commandLines([...first.words.slice(0, -1), '--trace-request ID'], page),
    ...replays.map(({ example, what }) =>
      truncate(`  ${alignLeft(example.operation, widest)}  ${page.style.dim(what)}`, page.columns - margin),
    ),
  ];
}

/** A command in as many lines as it needs, each of which a shell takes as going on. */
export function commandLines(words: readonly string[], { columns }: Pick<Page, 'columns'>): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || displayWidth(`${last} ${word} \\`) > columns - margin) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line, at) => (at < lines.length - 1 ? `${line} \\` : line));
}

function apartOrBelow(lines: readonly string[], mark: string, { columns }: Page): string[] {
  const room = columns - margin;
  const last = lines[lines.length - 1];
  return displayWidth(last) + 2 + displayWidth(mark) <= room
    ? [...lines.slice(0, -1), apart(last, mark, room)]
    : [...lines, apart('', mark, room)];
}

/** Each command with what it is good for beside it, or above where there is no room. */
function stepLines(steps: readonly NextStep[], page: Page): string[] {
  const room = page.columns - margin;
  const drawn = steps.map(({ words, why }) => ({ lines: commandLines(words, page), why }));
  const fits = ({ lines, why }: (typeof drawn)[number], width: number) =>
    lines.length === 1 && width + 2 + displayWidth(why) <= room;
  const beside = drawn.filter((step) => fits(step, displayWidth(step.lines[0])));
  const widest = Math.max(0, ...beside.map(({ lines }) => displayWidth(lines[0])));
  const aligned = beside.every((step) => fits(step, widest)) ? widest : 0;
  return drawn.flatMap((step) => {
    const { lines, why } = step;
    if (beside.includes(step)) return [`${alignLeft(lines[0], aligned)}  ${page.style.dim(why)}`];
    return [...wrap(why, room).map(page.style.dim), ...lines];
  });
}
