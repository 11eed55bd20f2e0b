import { createHash } from 'node:crypto';
import type { Theme } from '../palette.ts';
import { escaped } from './drawing.ts';

/** Part of a page; a picture is drawn for light and for dark pages. */
export type PagePart =
  | { readonly heading: string }
  | { readonly paragraph: string; readonly look?: 'good' | 'bad' | 'muted' }
  | { readonly command: string }
  | { readonly picture: (theme: Theme, id: string) => string }
  | {
      readonly columns: readonly string[];
      readonly rows: readonly PageRow[];
      /** Cells are text, which begins at the left and has as many lines as it needs; else they are figures. */
      readonly isText?: boolean;
    };

export interface PageRow {
  readonly cells: readonly string[];
  readonly look?: 'good' | 'bad' | 'best';
}

const style = `:root{color-scheme:light dark;--page:#f4f6f8;--panel:#fff;--ink:#14202b;--muted:#566472;--line:#d9e0e6;--good:#006b4e;--bad:#a83c00;--best:#e0f2ec}
@media (prefers-color-scheme:dark){:root{--page:#0d1217;--panel:#151c23;--ink:#e7edf2;--muted:#9dabb8;--line:#2b3640;--good:#4fd0a7;--bad:#ff9a5c;--best:#12302a}.light{display:none}}
@media (prefers-color-scheme:light){.dark{display:none}}
*{box-sizing:border-box}html{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;background:var(--page);color:var(--ink)}
body{margin:0 auto;max-width:1180px;padding:24px 20px 60px}h1{font-size:26px;margin:0 0 2px}h2{font-size:18px;margin:32px 0 8px}p{margin:4px 0}
.muted{color:var(--muted)}.good{color:var(--good)}.bad{color:var(--bad)}figure{margin:12px 0;border:1px solid var(--line);border-radius:8px;overflow:hidden;background:var(--panel)}
svg{display:block;width:100%;height:auto}.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--panel)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{padding:6px 12px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line)}
th{color:var(--muted);font-weight:600;background:var(--panel)}th:first-child,td:first-child{text-align:left}tr:last-child td{border-bottom:0}table.words th,table.words td{text-align:left;white-space:normal;vertical-align:top}tr.best td{background:var(--best);font-weight:600}
tr.bad td:first-child{color:var(--bad)}tr.good td:first-child{color:var(--good)}code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px;overflow-wrap:anywhere}`;

/** A page without scripts: text, tables and pictures, all in the file. No name of a scenario is ever markup. */
export function staticPage(title: string, parts: readonly PagePart[]): string {
  const hash = createHash('sha256').update(style, 'utf8').digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)} · Headroom</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${parts.map((part, at) => drawn(part, at)).join('\n')}
</body>
</html>
`;
}

function drawn(part: PagePart, at: number): string {
  if ('heading' in part) return `<h2>${escaped(part.heading)}</h2>`;
  if ('command' in part) return `<p><code>${escaped(part.command)}</code></p>`;
  if ('paragraph' in part)
    return `<p${part.look === undefined ? '' : ` class="${part.look}"`}>${escaped(part.paragraph)}</p>`;
  if ('picture' in part)
    return `<figure>${(['light', 'dark'] as const).map((theme) => `<div class="${theme}">${part.picture(theme, `plot-${at}-${theme}`)}</div>`).join('')}</figure>`;
  return `<div class="scroll"><table${part.isText ? ' class="words"' : ''}><thead>${rowOf(part.columns, 'th')}</thead><tbody>${part.rows
    .map(({ cells, look }) => rowOf(cells, 'td', look))
    .join('')}</tbody></table></div>`;
}

const rowOf = (cells: readonly string[], tag: 'th' | 'td', look?: string): string =>
  `<tr${look === undefined ? '' : ` class="${look}"`}>${cells
    .map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${escaped(cell)}</${tag}>`)
    .join('')}</tr>`;
