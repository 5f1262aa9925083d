/**
 * A duration in the one form that Go prints it: `1m30s`, not `90s`. The Docker provider compares the text that the
 * engine gives back, so that any other form of the same duration is a change at every plan.
 * @param seconds a whole number of seconds, 0 or more
 * @throws RangeError for anything else
 */
export function goDuration(seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds < 0) {
    throw new RangeError(`A duration is a whole number of seconds, 0 or more, not ${String(seconds)}.`);
  }
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = `${String(seconds % 60)}s`;
  if (hours > 0) return `${String(hours)}h${String(minutes)}m${rest}`;
  return minutes > 0 ? `${String(minutes)}m${rest}` : rest;
}
