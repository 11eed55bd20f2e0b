/** Whole dollars in groups of three digits; with cents where the bill is small. */
export function dollars(value: number, decimals: number): string {
  const [whole, cents] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '-' : ''}${grouped}${cents === undefined ? '' : `.${cents}`}`;
}
