import type { Plan, PlanDesign, PlanRejected } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { measuredText, percent, stateWords, stationName, unitOf } from '../limit/reading.ts';
import { dollars } from '../reading/dollars.ts';
import { shellText } from '../reading/next-steps.ts';
import { variableNames } from '../sweep/reading.ts';

/** `instances 4, threads 2`. */
export const designText = (plan: Pick<Plan, 'variables'>, values: readonly string[]): string =>
  variableNames(plan)
    .map((name, at) => `${name} ${shown(values[at])}`)
    .join(', ');

/** `reserved 70% spot 30%` of a map, `us-east, eu-west` of a list. */
const shown = (value: string): string =>
  value.startsWith('{')
    ? value.replace(/[{}"]/g, '').replace(/:/g, ' ').replace(/,/g, ' ')
    : value.startsWith('[')
      ? value.replace(/[[\]"]/g, '').replace(/,/g, ', ')
      : value;

/** What a design costs: as simulated, where that is what is minimised. */
const designCost = ({ minimised }: Plan, { cost, month }: PlanDesign): number =>
  minimised === 'cost.month' ? (month ?? cost) : cost;

/** An amount of what is minimised. */
export const costText = ({ minimised }: Pick<Plan, 'minimised'>, cost: number): string =>
  minimised === 'cost.month'
    ? `$${dollars(cost, cost < 1000 ? 2 : 0)} a month`
    : `${minimised} ${formatQuantity(cost, 'count')}`;

/** What came out, in a line. */
export function headline(plan: Plan): string {
  const { asked, nearestMiss, verdict, winner } = plan;
  const what = asked === 'needs' ? 'keeps all needs' : 'keeps up';
  if (winner !== undefined)
    return `${designText(plan, winner.values)}: ${costText(plan, designCost(plan, winner))}, and ${what}`;
  const none = verdict === 'infeasible' ? `no design ${what}` : `no design was shown to be one that ${what}`;
  return nearestMiss === undefined
    ? `${none}: none can carry the load`
    : `${none}; ${designText(plan, nearestMiss.values)} comes nearest`;
}

/** The word before it. */
export const verdictWord = ({ verdict }: Plan): string =>
  ({ found: 'PLAN', undecided: 'UNDECIDED', infeasible: 'INFEASIBLE' })[verdict];

/** How it was found. */
export function searchText({ counts, where, leftOut }: Plan): string {
  const { designs, toldBefore, implied, simulated, dearer, runs, forPrices, exhaustive } = counts;
  const parts = [
    toldBefore > 0 ? `${toldBefore} ruled out before any run` : '',
    implied > 0 ? `${implied} no better than one that fails` : '',
    dearer > 0 ? `${dearer} dearer` : '',
    `${simulated} simulated`,
  ].filter((part) => part !== '');
  const more = forPrices > 0 ? ` and ${forPrices} for the prices of needs` : '';
  const left = leftOut > 0 ? `; ${leftOut} left out by ${where.join(' and ')}` : '';
  return `${designs} designs: ${parts.join(', ')}; ${runs} runs${more}, where all designs would take ${exhaustive} or more${left}`;
}

/** How sure it is. */
export function certainty(plan: Plan): string {
  const { winner, survive } = plan;
  if (winner === undefined) return '';
  const attempt = winner.attempt > 1 ? `, at the ${ordinal(winner.attempt)} attempt` : '';
  const lost =
    survive === undefined
      ? ''
      : `, with ${survive === 'any-region' ? 'any one region' : 'any one zone'} lost at the peak too`;
  return `verified by ${winner.runs} runs on fresh seeds (each need at ${formatQuantity(1 - winner.alpha, 'ratio', { digits: 4 })}${attempt})${lost}`;
}

const ordinal = (number: number): string => ['', '1st', '2nd', '3rd'][number] ?? `${number}th`;

/** The place without which a design does not do what it does with nothing lost; undefined where that is no matter. */
const lostBy = ({ state, survival, targets }: PlanDesign): string | undefined =>
  state === 'fails' && survival?.verdict === 'fails' && targets.every(({ status }) => status !== 'fail')
    ? survival.place
    : undefined;

/** What stands above the needs of a design. */
export function needsTitle({ winner, nearestMiss }: Plan): string {
  if (winner !== undefined || nearestMiss === undefined) return 'Needs of the winner';
  const place = lostBy(nearestMiss);
  return `What the nearest miss lacks${place === undefined ? '' : ` without ${place}`}`;
}

/** Needs of a design as they were measured, with something lost where that decides: need, measured, state. */
export const needRows = (design: PlanDesign): string[][] =>
  (lostBy(design) === undefined ? design.targets : (design.survival?.targets ?? []))
    .filter(({ level }) => level === 'fail')
    .map((target) => [target.target, measuredText(target, unitOf(target)), needWords[target.status]]);

const needWords = {
  pass: 'kept',
  fail: 'BROKEN',
  warn: 'refuted',
  inconclusive: 'undecided',
  'no-data': 'NO DATA',
} as const;

/** Designs beside each other: what, cost, state, fullest. */
export function designRows(plan: Plan): string[][] {
  const { winner, runnerUp, nearestMiss, undecided, refuted } = plan;
  const row = (word: string, design: PlanDesign) => [
    word,
    ...design.values.map(shown),
    costText(plan, designCost(plan, design)).replace(/ a month$/, ''),
    stateWords[design.state],
    fullestText(design),
  ];
  return [
    ...(winner === undefined ? [] : [row('winner', winner)]),
    ...(runnerUp === undefined ? [] : [row('runner-up', runnerUp)]),
    ...(nearestMiss === undefined ? [] : [row('nearest miss', nearestMiss)]),
    ...undecided.map((each) => row('cheaper?', each)),
    ...refuted.map((each) => row('not verified', each)),
  ];
}

function fullestText({ fullest, survival }: PlanDesign): string {
  if (survival?.place !== undefined && survival.verdict !== 'holds') return `without ${survival.place}`;
  return fullest === undefined ? '' : `${stationName(fullest)} ${percent(fullest.utilization)}`;
}

/** What each need costs: need, saved without it, the design that would do. */
export function priceRows(plan: Plan): string[][] {
  return plan.prices.map(({ need, saved, values }) => [
    need === 'survive' ? `survive ${plan.survive}` : need,
    saved > 0 ? costText(plan, saved) : 'nothing',
    `${values === undefined ? '' : designText(plan, values)}${need === plan.binding ? ' ◀ binding' : ''}`,
  ]);
}

/** Families of designs that are out: how many, which, why. */
export function rejectedRows(plan: Plan): string[][] {
  return plan.rejected.map((family) => [
    String(family.designs),
    familyText(plan, family),
    reasonText(family),
    `${designText(plan, family.nearest.values)}${lackText(family)}`,
  ]);
}

function familyText({ variables }: Plan, { values }: PlanRejected): string {
  const parts = variableNames({ variables }).flatMap((name, at) => {
    const all = variables[at].values;
    const some = values[at];
    if (some.length === all.length) return [];
    const from = all.indexOf(some[0]);
    const isRun = some.length > 2 && some.every((value, offset) => all[from + offset] === value);
    return [`${name} ${isRun ? `${some[0]}–${some[some.length - 1]}` : some.map(shown).join(', ')}`];
  });
  return parts.length === 0 ? 'all values' : parts.join('; ');
}

/** Why, and where: `w latency p95 < 40ms is broken, at desk cores`. */
export function reasonText({ why, what, station, of, stops }: PlanRejected): string {
  const where =
    station === undefined ? '' : `, at ${stationName({ station, ...(of === undefined ? {} : { of }) })}`;
  return {
    impossible: what,
    capacity: `cannot carry the load${where}`,
    'too-dear': `${what} is broken by what is paid at all hours`,
    need: `${what} is broken${where}`,
    load: `does not keep up${where}`,
    survival: `does not bear the loss of ${what}${stops === undefined ? where : `: ${stops}`}`,
  }[why];
}

function lackText({ why, nearest: { margin } }: PlanRejected): string {
  if (margin === null) return '';
  const share = formatQuantity(Math.abs(margin), 'ratio', { digits: 2 });
  if (why === 'capacity') return `: ${share} of the load too much at the best`;
  return margin < 0 ? `: ${share} outside` : '';
}

/** Shares of a cost that are told. */
const noticeable = 0.001;

/** What else a reader should know. */
export function notes(plan: Plan): string[] {
  const { agreed, asked, disagreements, runnerUp, winner, minimised, variables } = plan;
  const compared = agreed + disagreements.length;
  const [first] = disagreements;
  const off =
    winner?.month != null && winner.monthBefore !== null && minimised === 'cost.month'
      ? Math.abs(winner.month - winner.monthBefore)
      : 0;
  return [
    ...(asked === 'keeps-up'
      ? ['the scenario sets no needs: a design holds where no backlog grows and at most 1% is turned away']
      : []),
    ...(compared > 0
      ? [
          `closed form and simulation: ${agreed} of ${compared} agree within 95% intervals${first === undefined ? '' : `; the first that does not: ${designText(plan, first.values)}, ${first.metric} ${formatQuantity(first.value, first.unit)} by ${first.model}, simulated ${first.simulated === null ? '∞' : formatQuantity(first.simulated, first.unit)}`}`,
        ]
      : ['no closed form covers the needs of these designs: how full stations are at best ranked them']),
    ...(off > noticeable * (winner?.month ?? 0)
      ? [
          `the winner costs ${costText(plan, winner?.month as number)} as simulated, ${costText(plan, winner?.monthBefore as number)} as it was ranked: a part goes with the load`,
        ]
      : []),
    ...(runnerUp !== undefined &&
    winner !== undefined &&
    designCost(plan, runnerUp) < (1 - noticeable) * designCost(plan, winner)
      ? ['the runner-up turned out cheaper than the winner, by what goes with the load']
      : []),
    ...(plan.undecided.length > 0 ? ['cheaper and undecided: more runs would tell (--max-runs)'] : []),
    ...(plan.prices.length > 0
      ? ['what a need costs is told by screened designs, not by verified ones']
      : []),
    ...(variables.some(({ monotone }) => monotone)
      ? []
      : ['no variable is declared monotone: every cheaper design had to be simulated']),
  ];
}

const setWords = (sets: readonly string[] = []): string[] => sets.map((set) => `--set ${shellText(set)}`);

/** The command that gives the same again. */
export const againWords = ({ scenario, regret, runs, maxRuns, seed }: Plan): string[] => [
  `headroom plan ${shellText(scenario.file)}`,
  ...setWords(scenario.sets),
  `--runs ${runs}`,
  `--max-runs ${maxRuns}`,
  ...(regret === undefined ? [] : [`--draws ${regret.draws}`]),
  `--seed ${seed}`,
];

/** The command that shows what was chosen, or the nearest miss, in full. */
export function lookWords({ scenario, regret, winner, nearestMiss, designs }: Plan): string[] {
  const design = regret?.chosen ?? winner ?? nearestMiss ?? designs[0];
  const place = nearestMiss !== undefined && design === nearestMiss ? lostBy(nearestMiss) : undefined;
  return [
    `headroom run ${shellText(scenario.file)}`,
    ...setWords(scenario.sets),
    ...setWords(design?.sets),
    ...(place === undefined ? [] : [`--lose ${shellText(place)}`]),
  ];
}
