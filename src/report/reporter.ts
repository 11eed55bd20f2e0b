import type { Result } from '../result/index.ts';

/** What a reporter is told about where its work goes. */
export interface View {
  /** The file, or the folder of a reporter that makes several, as the user named it. */
  readonly path: string;
  /** For text on a terminal. */
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly columns: number;
  /** The text of a scenario's file, to point at lines of it; undefined where it cannot be read. */
  readonly source?: (file: string) => string | undefined;
}

/** A file that is to be written. */
export interface Artifact {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Makes artifacts out of results, or of other documents. Pure: the command writes them. */
export interface Reporter<Document = Result> {
  readonly name: string;
  render(results: readonly Document[], view: View): Promise<readonly Artifact[]>;
}

/** What a reporter makes: one file (or stdout), a folder of files, or what GitHub shows of a workflow's step. */
export type Makes = 'text' | 'folder' | 'annotations';

export interface ReporterEntry<Document = Result> {
  readonly makes: Makes;
  readonly about: string;
  /** Loads it; what a run does not ask for costs it no start-up time. */
  readonly load: () => Promise<Reporter<Document>>;
}

/** Reporters of one sort of document by name; one of them is called `terminal`, one `json`. */
export type Registry<Document> = Readonly<Record<string, ReporterEntry<Document>>>;

/** A reporter of one text a document, the texts one after the other. */
export const textReporter = <Document = Result>(
  name: string,
  text: (result: Document, view: View) => string,
): Reporter<Document> => ({
  name,
  render: async (results, view) => [
    { path: view.path, content: results.map((result) => text(result, view)).join('') },
  ],
});
