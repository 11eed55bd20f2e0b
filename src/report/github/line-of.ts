/**
 * The line of a file on which words stand, as a property of an annotation; none where they stand nowhere in it: in a file that
 * it extends, or on the command line.
 */
export function lineOf(text: string | undefined, words: string): { readonly line?: number } {
  const lines = text?.split('\n') ?? [];
  const isComment = (line: string) => line.trimStart().startsWith('#');
  const at = lines.findIndex((line) => line.includes(words) && !isComment(line));
  return at < 0 ? {} : { line: at + 1 };
}
