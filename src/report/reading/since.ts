/** Time since the onset of a fault: `2:10`, `1:02:05`. */
export function sinceText(seconds: number): string {
  const whole = Math.floor(seconds + 1e-6);
  const two = (value: number) => String(value % 60).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${two(whole)}`
    : `${Math.floor(minutes / 60)}:${two(minutes)}:${two(whole)}`;
}
