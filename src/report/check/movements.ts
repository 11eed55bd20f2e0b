import type { Baseline, GateResult } from '../../result/index.ts';
import { type Style, styleOf } from '../text/style.ts';
import { wrap } from '../text/wrap.ts';
import { changeText, expectedText, foundText } from './reading.ts';

/** What an update of a baseline did, for whoever reviews it. */
export interface Movements {
  readonly path: string;
  readonly isWritten: boolean;
  /** Why it was written although nothing could be compared. */
  readonly why?: string;
  /** Metrics that moved beyond noise, either way. */
  readonly moved: readonly GateResult[];
  /** Ids that the old baseline gated and the scenario does not any more. */
  readonly dropped: readonly string[];
  readonly found: Baseline;
}

export function renderMovements(
  { path, isWritten, why, moved, dropped, found }: Movements,
  { color, columns }: { readonly color: boolean; readonly columns: number },
): string {
  const style = styleOf(color);
  const count = Object.keys(found.metrics).length;
  const head = isWritten
    ? `${path}: written, ${count} metrics of ${found.runs} runs`
    : `${path}: nothing moved beyond noise, left as it is`;
  const lines = [
    style.bold(head),
    ...(why === undefined ? [] : wrap(why.replace(/: headroom baseline.*$/, ''), columns, { indent: 2 })),
    ...moved.flatMap((gate) => movedLines(gate, columns, style)),
    ...Object.entries(found.metrics)
      .filter(([, { runs }]) => runs.every((run) => run === null))
      .flatMap(([id]) =>
        wrap(`${id} has no data: headroom check will fail on it`, columns, { indent: 2, hanging: 4 }).map(
          style.yellow,
        ),
      ),
    ...dropped.flatMap((id) => wrap(`- ${id}: gated no more`, columns, { indent: 2, hanging: 4 })),
  ];
  return `${lines.join('\n')}\n`;
}

function movedLines(gate: GateResult, columns: number, style: Style): string[] {
  if (gate.status === 'new')
    return wrap(`+ ${gate.metric}: ${foundText(gate)}`, columns, { indent: 2, hanging: 4 });
  const paint = gate.status === 'better' ? style.green : style.red;
  const change = changeText(gate).replace(/, none passes$/, '');
  return [
    ...wrap(`${gate.metric}: ${gate.status}`, columns, { indent: 2, hanging: 4 }).map(paint),
    ...wrap(`${expectedText(gate)} → ${foundText(gate)}: ${change}`, columns, { indent: 4 }),
  ];
}
