/** Does something for each, so many at a time. */
export async function eachLimited<T, R>(
  all: readonly T[],
  atATime: number,
  work: (each: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(all.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < all.length; index = next++) results[index] = await work(all[index] as T);
  };
  await Promise.all(Array.from({ length: Math.min(atATime, all.length) }, worker));
  return results;
}
