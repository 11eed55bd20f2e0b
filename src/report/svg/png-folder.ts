import { posix } from 'node:path';
import type { Theme } from '../palette.ts';
import { pngOfSvg } from '../png/svg-png.ts';
import type { Artifact, Reporter } from '../reporter.ts';

/** A reporter of a folder of pictures, each by its name. */
export const pngFolder = <Document>(
  charts: (document: Document) => Readonly<Record<string, (theme: Theme) => string>>,
): Reporter<Document> => ({
  name: 'png',
  render: async ([document], { path }) => {
    const drawn: Artifact[] = [];
    for (const [name, draw] of Object.entries(charts(document)))
      drawn.push({ path: posix.join(path, `${name}.png`), content: await pngOfSvg(draw('light')) });
    return drawn;
  },
});
