import { createHash } from 'node:crypto';

export interface PageParts {
  readonly style: string;
  /** Chart.js. */
  readonly library: string;
  /** What draws the page. */
  readonly client: string;
}

/**
 * The file: data in a block that nothing executes, three texts whose hashes are all that the policy lets run or style,
 * and places for the script to fill. No name of the scenario is ever markup: the title is escaped, all else is data.
 */
export function documentOf(title: string, page: unknown, { style, library, client }: PageParts): string {
  const scripts = [library, client].map(insideElement);
  const styles = insideElement(style);
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(hashOf).join(' ')}`,
    `style-src ${hashOf(styles)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapedText(title)} · Headroom</title>
<link rel="icon" href="data:,">
<style>${styles}</style>
</head>
<body>
<noscript><p>This report is drawn by the script that is in it. Nothing is loaded from anywhere.</p></noscript>
<div id="page"></div>
<script type="application/json" id="data">${jsonBlock(page)}</script>
<script>${scripts[0]}</script>
<script>${scripts[1]}</script>
</body>
</html>
`;
}

/** JSON in which nothing ends the element that it stands in, or begins a comment. */
export const jsonBlock = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');

/** A script or style as it stands in its element; `</script` can only be in a text or a comment of it. */
const insideElement = (text: string): string => text.replace(/<(?=\/(?:script|style)|!--)/gi, '\\x3c');

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapedText = (text: string): string => text.replace(/[&<>]/g, (character) => entities[character]);
