/** Works on several items at a time; the answers are in the order of the items. */
export async function eachOf<T, U>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, at: number) => Promise<U>,
): Promise<U[]> {
  const answers: U[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next;
      next += 1;
      answers[at] = await work(items[at], at);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(atOnce, items.length)) }, worker));
  return answers;
}
