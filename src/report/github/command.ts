/** What GitHub shows beside a file and above the log of a step. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  /** Absent where the scenario came from no file. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  readonly title: string;
  readonly message: string;
}

/**
 * An annotation as a line that a workflow's runner reads from the log.
 *
 * Rule: `::level property=value,…::message`; percent, carriage return and line feed are percent-encoded, in properties
 * colon and comma too. Source: docs.github.com, "Workflow commands for GitHub Actions"; actions/toolkit command.ts.
 */
export function commandOf({ level, message, ...properties }: Annotation): string {
  const known = Object.entries(properties).filter(([, value]) => value !== undefined);
  const written = known.map(([name, value]) => `${name}=${ofProperty(String(value))}`);
  return `::${level} ${written.join(',')}::${ofMessage(message)}\n`;
}

const ofMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const ofProperty = (text: string): string => ofMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
