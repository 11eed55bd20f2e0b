import type { BoughtNodes, Fleet, PurchaseFigures, PurchasePlan } from '../../result/index.ts';
import { formatQuantity } from '../../units/index.ts';
import { dollars } from '../reading/dollars.ts';
import { shellText } from '../reading/next-steps.ts';

export const percent = (share: number): string => formatQuantity(share, 'ratio', { digits: 3 });
export const amount = (value: number): string => formatQuantity(value, 'count', { digits: 3 });
export const money = (value: number, { own }: PurchasePlan): string =>
  `$${dollars(value, own.month < 1000 ? 2 : 0)}`;

/** `web in us-east`. */
export const fleetName = ({ pool, region }: Fleet): string => `${pool.replace(/^pools\./, '')} in ${region}`;

/** `12 to 34 × m6i.xlarge`. */
export function needText({ need, node }: Fleet): string {
  const range =
    need.least === need.most ? amount(need.most) : `${amount(need.least)} to ${amount(need.most)}`;
  return `${range} × ${node}`;
}

/** Nodes on demand when the most are needed: those of the layer, and what exceeds all layers. */
export const onDemandAtPeak = ({ need }: Fleet, { reserved, spot, ...layers }: BoughtNodes): number =>
  Math.max(0, Math.min(layers['on-demand'], need.most - reserved), need.most - reserved - spot);

export const savingText = (saving: number): string =>
  saving >= 0 ? percent(saving) : `${percent(-saving)} more`;

const lessText = (saving: number): string =>
  saving >= 0 ? `${percent(saving)} less than all on demand` : `${percent(-saving)} more than all on demand`;

/** One line: what is cheapest, and what the scenario's own mix costs. */
export function headline(plan: PurchasePlan): string {
  const { best, own } = plan;
  return `${money(best.month, plan)} a month, ${lessText(best.saving)}; as the scenario buys: ${money(own.month, plan)}, ${lessText(own.saving)}`;
}

/** What was asked. */
export function riskText({ asked, terms }: PurchasePlan): string {
  const { atOnce, interruptions } = asked;
  const limits = [
    ...(atOnce === undefined ? [] : [`at most ${percent(atOnce)} of the nodes in use on spot, at any hour`]),
    ...(interruptions === undefined ? [] : [`at most ${amount(interruptions)} notices a month`]),
  ];
  const risk =
    limits.length > 0
      ? `in each pool and region ${limits.join(' and ')}`
      : 'in each pool and region at most the risk of the scenario’s own mix';
  return `${risk}; reserved for ${terms?.reservedTerm}, nothing upfront`;
}

/** What else is to be known, the important first. */
export function notesOf(plan: PurchasePlan): string[] {
  const { fleets, goals, own, savingInFullUse, unpriced } = plan;
  const [highest] = [...plan.risks].slice(-1);
  return [
    ...goals.map(({ target, atOnce, saving }) => {
      const now = own.saving >= saving ? 'kept as it is' : `not kept as it is (${percent(own.saving)})`;
      const way =
        atOnce === null
          ? `no mix reaches it: at most ${percent(highest.saving)}`
          : `the best mix reaches it from ${percent(atOnce)} of the nodes on spot on`;
      return `${target}: ${now}; ${way}`;
    }),
    `The scenario’s own layers would save ${percent(savingInFullUse)} if all their nodes were in use at all hours.`,
    ...fleets.map(
      (fleet) =>
        `${fleetName(fleet)}: a node is worth reserving if used in more than ${percent(fleet.reserveFrom)} of the hours; a spot node is interrupted ${amount(fleet.interruptionsANode)} times a month.`,
    ),
    ...priceNotes(plan),
    ...(unpriced.length > 0 ? [`No price known, left out: ${unpriced.join('; ')}`] : []),
    'Layers are used in the order reserved, on demand, spot; more is on demand. Needs are those of a week, hour by hour, autoscalers settled; packed afresh each hour, nobody interrupted. Reserving takes for granted that they stay so for the whole term.',
  ];
}

/** What a node costs in each location and how sure that is; where the figures stand, each source once. */
function priceNotes({ fleets, terms }: PurchasePlan): string[] {
  const lines = fleets.map(({ node, location, prices }) => {
    const each = Object.entries(prices).map(
      ([purchase, { value, confidence }]) => `${purchase} $${value.toFixed(4)} [${confidence}]`,
    );
    return `${node} in ${location}, an hour: ${each.join(', ')}`;
  });
  const sources = fleets.flatMap(({ prices, interruptionSource }) => [
    ...Object.values(prices).flatMap(({ source }) => source.split(betweenSources)),
    `interruptions: ${interruptionSource}`,
  ]);
  return [
    `Prices: ${terms?.book}, ${terms?.about}. S primary source, D data set, B secondary page, R unverified.`,
    ...new Set(lines),
    `Sources: ${[...new Set(sources)].join('; ')}`,
  ];
}

/** A semicolon that stands in no brackets. */
const betweenSources = /; (?![^(]*\))/;

/** The same question again, word by word. */
export function againWords({ asked, runs, scenario, seed }: PurchasePlan): string[] {
  const { atOnce, interruptions } = asked;
  return [
    `headroom purchase ${shellText(scenario.file)}`,
    ...(atOnce === undefined ? [] : [`--risk ${percent(atOnce)}`]),
    ...(interruptions === undefined ? [] : [`--interruptions ${interruptions}`]),
    ...setWords(scenario.sets),
    ...(runs === 1 ? [] : [`--runs ${runs}`]),
    `--seed ${seed}`,
  ];
}

/** Settings longer than this are for a file, not for a line. */
const longestSetting = 70;

/** How to have the scenario with the best layers: a run of it, or where that takes too many words, a file. */
export function tryWords(plan: PurchasePlan): string[] {
  const { scenario, sets } = plan;
  if (sets.some(({ length }) => length > longestSetting)) return [...againWords(plan), '--out bought.yaml'];
  return [`headroom run ${shellText(scenario.file)}`, ...setWords(scenario.sets), ...setWords(sets)];
}

const setWords = (sets: readonly string[] = []): string[] => sets.map((set) => `--set ${shellText(set)}`);

/** Headers and cells that the terminal and Markdown share: a fleet's rows, then those of other risks. */
export const figureCells = (figures: PurchaseFigures, plan: PurchasePlan): string[] => [
  money(figures.month, plan),
  savingText(figures.saving),
  percent(figures.atOnce),
  amount(figures.interruptions),
];
