import type { Result } from '../result/index.ts';

/** What a reporter is told about where its work goes. */
export interface View {
  /** The file, or the folder of a reporter that makes several, as the user named it. */
  readonly path: string;
  /** For text on a terminal. */
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly columns: number;
}

/** A file that is to be written. */
export interface Artifact {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Makes artifacts out of results. Pure: the command writes them. */
export interface Reporter {
  readonly name: string;
  render(results: readonly Result[], view: View): Promise<readonly Artifact[]>;
}

/** A reporter of one text a result, the texts one after the other. */
export const textReporter = (name: string, text: (result: Result, view: View) => string): Reporter => ({
  name,
  render: async (results, view) => [
    { path: view.path, content: results.map((result) => text(result, view)).join('') },
  ],
});
