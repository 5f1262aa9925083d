const units = { y: 31536000, w: 604800, d: 86400, h: 3600, m: 60, s: 1, ms: 0.001 } as const;
const pattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/**
 * Seconds of a duration as Prometheus reads it: `90` for `1m30s`; `0` needs no unit.
 * @throws RangeError when the text is none.
 */
export function secondsOf(duration: string): number {
  if (duration === "0") return 0;
  const match = duration === "" ? null : pattern.exec(duration);
  if (match === null) throw new RangeError(`"${duration}" is no duration such as "15s" or "1m30s".`);
  return Object.values(units).reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0);
}
