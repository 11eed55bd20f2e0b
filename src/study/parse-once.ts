import { parseScenario, type Scenario } from '../models/parse.ts';

let last: { readonly text: string; readonly scenario: Scenario } | undefined;

/** The scenario of a resolved text; the last one is remembered, since most runs that follow are of it. */
export function parseOnce(text: string): Scenario {
  if (last?.text !== text) {
    const { scenario } = parseScenario('scenario.yaml', () => text);
    if (scenario === undefined) throw new Error('a resolved scenario did not parse again');
    last = { text, scenario };
  }
  return last.scenario;
}
