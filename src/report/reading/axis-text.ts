/** `12 m 30 s` into the run: no more than two units. */
export function timeText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${Number(seconds.toFixed(whole < 10 ? 1 : 0))} s`;
  const units: [number, string][] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'm'],
    [1, 's'],
  ];
  const first = units.findIndex(([scale]) => whole >= scale);
  const [scale, unit] = units[first];
  const [nextScale, nextUnit] = units[Math.min(first + 1, units.length - 1)];
  const rest = Math.floor((whole % scale) / nextScale);
  const head = `${Math.floor(whole / scale)} ${unit}`;
  return rest === 0 || nextScale === scale ? head : `${head} ${rest} ${nextUnit}`;
}

const steps = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200,
  86_400,
];

/** Round instants between two, about so many. */
export function timeTicks(from: number, to: number, count: number): number[] {
  const rough = (to - from) / count;
  const step = steps.find((each) => each >= rough) ?? Math.ceil(rough / 86_400) * 86_400;
  const first = Math.ceil(from / step - 1e-9);
  const ticks: number[] = [];
  for (let at = first; at * step <= to + step * 1e-9; at += 1) ticks.push(at * step + 0);
  return ticks;
}

/** `99.9%` of 3. */
export function shareText(nines: number): string {
  if (nines < 1e-9) return '0%';
  const decimals = Math.max(0, Math.ceil(nines - 2 + 1e-9));
  return `${(100 * (1 - 10 ** -nines))
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')}%`;
}
