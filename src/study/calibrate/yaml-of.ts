import { type Dimension, formatQuantity } from '../../units/index.ts';

/** A quantity as a scenario writes it: `12.34ms`, `0.7124`. */
export function quantityText(value: number, dimension: Dimension, digits = 4): string {
  if (dimension === 'factor' || dimension === 'count') return String(Number(value.toPrecision(digits)));
  return formatQuantity(value, dimension, { digits }).replaceAll(' ', '');
}

/** `lognormal: { mean: 12.34ms, cv: 0.7124 }`; one parameter alone is written short. */
export function distributionYaml(
  name: string,
  parameters: Readonly<Record<string, { readonly value: number; readonly unit: Dimension }>>,
): string {
  const texts = Object.entries(parameters).map(
    ([key, { value, unit }]) => [key, quantityText(value, unit)] as const,
  );
  if (texts.length === 1) return `${name}: ${texts[0][1]}`;
  return `${name}: { ${texts.map(([key, text]) => `${key}: ${text}`).join(', ')} }`;
}

/** `empirical: { quantiles: [[0, 1ms], …] }`. */
export function empiricalYaml(points: readonly (readonly [number, number])[], dimension: Dimension): string {
  const pairs = points.map(([share, value]) => `[${share}, ${quantityText(value, dimension)}]`);
  return `empirical: { quantiles: [${pairs.join(', ')}] }`;
}
