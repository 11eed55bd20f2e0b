/** Quantities: every number of a scenario passes through here, in and out. Imports nothing of Headroom. */

export { type Dimension, dimensions, dimensionWords } from './dimension.ts';
export { type FormatOptions, formatEstimate, formatQuantity } from './format.ts';
export { type ParsedQuantity, parseQuantity } from './parse.ts';
export {
  dimensionOf,
  isUncertain,
  type QuantityInput,
  type QuantityOptions,
  type QuantitySchema,
  quantity,
  type UncertainQuantity,
} from './quantity.ts';
export { uncertainQuantity } from './quantity-json.ts';
export { isTimeZone, zoneOffset } from './time-zone.ts';
